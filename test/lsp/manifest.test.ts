import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNamedAfterFigure } from '../../server/src/disclosure/statementData';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { readConfiguration } from '../../server/src/lsp/settings';

const root = path.join(__dirname, '..', '..');
const json = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8')) as never;

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly contributes: {
    readonly languages: readonly {
      id: string;
      extensions: string[];
      firstLine: string;
      configuration: string;
    }[];
    readonly grammars: readonly { language: string }[];
    readonly commands: readonly { command: string; title: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly walkthroughs: readonly { id: string; steps: readonly Step[] }[];
    readonly taskDefinitions: readonly { type: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Schema>> };
  };
}
interface Step {
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents?: readonly string[];
}
interface Schema {
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly additionalProperties?: Schema;
}

const manifest: Manifest = json('package.json');
const english: Record<string, string> = json('package.nls.json');
const chinese: Record<string, string> = json('package.nls.zh-cn.json');
const { languages, grammars, commands, configuration } = manifest.contributes;

const clientSources = () =>
  readdirSync(path.join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, 'client/src', name), 'utf8'));

describe('translations', () => {
  it('have the same keys in both languages, and the manifest uses each of them', () => {
    const text = readFileSync(path.join(root, 'package.json'), 'utf8');
    const used = [...text.matchAll(/%([\w.]+)%/g)].map(([, key]) => key!);
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
    expect(new Set(used)).toEqual(new Set(Object.keys(english)));
    expect(
      [...Object.values(english), ...Object.values(chinese)].filter((s) => s.trim() === ''),
    ).toEqual([]);
  });

  it('cover what the client says, no more and no less', () => {
    const sources = clientSources();
    const said = sources.flatMap((text) =>
      [...text.matchAll(/\bl10n\.t\(\s*(['"])(.+?)\1/gs)].map(([, , message]) => message!),
    );
    const calls = sources.flatMap((text) => [...text.matchAll(/\bl10n\.t\(/g)]);
    expect(said).toHaveLength(calls.length);
    const bundle: Record<string, string> = json('l10n/bundle.l10n.zh-cn.json');
    expect(new Set(Object.keys(bundle))).toEqual(new Set(said));
    for (const [key, value] of Object.entries(bundle)) {
      const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();
      expect(placeholders(value), key).toEqual(placeholders(key));
    }
  });
});

describe('languages', () => {
  const byName = (name: string) =>
    languages
      .filter(({ extensions }) => extensions.some((ending) => name.endsWith(ending)))
      .map(({ id }) => id);

  it('own disclosures and nothing else', () => {
    expect(byName('2024.disclosure.yaml')).toEqual(['disclosure-yaml']);
    expect(byName('某局.决算.yml')).toEqual(['disclosure-yaml']);
    expect(byName('2024.disclosure.json')).toEqual(['disclosure-json']);
    for (const name of ['disclosure.txt', 'docker-compose.yaml', 'package.json', '决算.yaml']) {
      expect(byName(name), name).toEqual([]);
    }
  });

  it('are known by their first line', () => {
    const byLine = (line: string) =>
      languages.filter(({ firstLine }) => new RegExp(firstLine).test(line)).map(({ id }) => id);
    expect(byLine('格式: gouji/1')).toEqual(['disclosure-yaml']);
    expect(byLine('格式: "gouji/1"')).toEqual(['disclosure-yaml']);
    expect(byLine('{"格式": "gouji/1",')).toEqual(['disclosure-json']);
    expect(byLine('格式: A4')).toEqual([]);
  });

  it('have a grammar and a configuration each', () => {
    expect(grammars.map(({ language }) => language)).toEqual(languages.map(({ id }) => id));
    for (const { configuration: file } of languages)
      expect(existsSync(path.join(root, file))).toBe(true);
  });
});

interface LanguageConfiguration {
  readonly wordPattern: { readonly pattern: string; readonly flags: string };
  readonly indentationRules: Readonly<Record<string, string>>;
  readonly onEnterRules: readonly {
    readonly beforeText: string;
    readonly afterText: string;
    readonly action: { readonly indent: string; readonly appendText?: string };
  }[];
  readonly autoClosingPairs: readonly { open: string; close: string }[];
}

describe('language configuration', () => {
  for (const { configuration: file } of languages) {
    const config: LanguageConfiguration = json(file);

    it(`${file} takes keys, codes and amounts for words`, () => {
      const { pattern, flags } = config.wordPattern;
      const words = (text: string) => text.match(new RegExp(pattern, `${flags}g`));
      expect(
        words('  2080101: {本年支出合计: 1,250.04, 基本支出: -250.04, 完成: 116.46%}'),
      ).toEqual(['2080101', '本年支出合计', '1,250.04', '基本支出', '-250.04', '完成', '116.46%']);
      expect(words('因公出国（境）费: 1')).toEqual(['因公出国（境）费', '1']);
      expect(words('“三公”经费: 2020-2024')).toEqual(['“三公”经费', '2020', '2024']);
      expect(words('"合计": "1.00"')).toEqual(['合计', '1.00']);
    });

    it(`${file} closes Chinese brackets and quotation marks`, () => {
      const pairs = config.autoClosingPairs.map(({ open, close }) => open + close);
      expect(pairs).toEqual(expect.arrayContaining(['“”', '（）', '《》', '{}', '[]', '""']));
    });
  }

  it('indents after the head of a table or side, not after a printed blank', () => {
    const config: LanguageConfiguration = json('syntaxes/disclosure-yaml.configuration.json');
    const increase = new RegExp(config.indentationRules['increaseIndentPattern']!);
    for (const head of [
      '收入支出决算总表:',
      '  收入:',
      '  支出:  # 按类',
      '  合计: {a: 1,',
      '  - [',
    ]) {
      expect(increase.test(head), head).toBe(true);
    }
    for (const line of ['    经营收入:', '    202:', '年度: 2024', '# 支出:', '  合计: {a: 1}']) {
      expect(increase.test(line), line).toBe(false);
    }
  });

  describe('where Enter leads', () => {
    const config: LanguageConfiguration = json('syntaxes/disclosure-yaml.configuration.json');
    const entered = (before: string) =>
      config.onEnterRules.find(
        ({ beforeText, afterText }) =>
          new RegExp(beforeText).test(before) && new RegExp(afterText).test(''),
      )?.action;

    it('is into what a key of a table, a statement or a side opens', () => {
      const sides = [...vocabulary.tables, ...vocabulary.statements].flatMap(({ sections }) =>
        sections.filter((section) => section.key && !isNamedAfterFigure(section)),
      );
      const heads = [
        ...[...vocabulary.tables, ...Object.values(vocabulary.sections)].map(({ key }) => key),
        ...vocabulary.statements
          .filter(({ section }) => section === 'narrative')
          .map(({ key }) => `  ${key}`),
        ...sides.map(({ key }) => `    ${key}`),
      ];
      for (const head of heads) {
        for (const line of [`${head}:`, `${head}: `, `${head}:  # 按类`])
          expect(entered(line), line).toEqual({ indent: 'indent' });
      }
    });

    it('is below a key that waits for its value', () => {
      const keys = Object.values(vocabulary.head).map(({ key }) => key);
      for (const line of [
        ...keys.map((key) => `${key}: `),
        '  合计: ',
        '    经营收入:',
        '    202:',
        '# 支出:',
        '      - {科目: 2070104}',
        '      - 就业、社会保障',
        '      - 科目: {',
      ])
        expect(entered(line), line).toBeUndefined();
    });

    it('is under the key of an item, not under its dash', () => {
      for (const line of ['      - 科目: 2070104', '      - 科目: ', '  - 项目: {代号: 甲}'])
        expect(entered(line), line).toEqual({ indent: 'none', appendText: '  ' });
    });
  });
});

describe('settings', () => {
  it('offer exactly the severities that the server understands', () => {
    const schema = configuration.properties['gouji.rules.severity']!.additionalProperties!;
    const offered = Object.fromEntries(
      (schema.enum ?? []).map((value) => [`rule.${value}`, value]),
    );
    const { settings } = readConfiguration({
      rules: { severity: { ...offered, 'rule.x': 'loud' } },
    });
    expect(settings.severities).toEqual(offered);
    expect(schema.enumDescriptions).toHaveLength(schema.enum!.length);
  });

  it('have commands that the client registers', () => {
    const source = clientSources().join('\n');
    const registered = [...source.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map(([, id]) => id);
    expect(registered.sort()).toEqual(commands.map(({ command }) => command).sort());
  });
});

describe('walkthroughs and welcome views', () => {
  const { walkthroughs, views, taskDefinitions } = manifest.contributes;
  const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const viewIds = Object.values(views).flatMap((of) => of.map(({ id }) => id));
  const commandIds = commands.map(({ command }) => command);
  const page = (file: string) => readFileSync(path.join(root, file), 'utf8');
  /** Where VS Code looks for the page in Chinese. */
  const inChinese = (file: string) => file.replace(/\.md$/, '.nls.zh-cn.md');

  /** `[title](command:id?arguments)` */
  const linksIn = (text: string) =>
    [...text.matchAll(/\(command:([\w.]+)(?:\?([^)]+))?\)/g)].map(([, id, query]) => ({
      id: id!,
      given: query === undefined ? undefined : (JSON.parse(decodeURIComponent(query)) as unknown),
    }));
  const texts = {
    english: [...Object.values(english), ...steps.map(({ media }) => page(media.markdown))],
    chinese: [
      ...Object.values(chinese),
      ...steps.map(({ media }) => page(inChinese(media.markdown))),
    ],
  };

  it('link to the same commands in both languages: ours, those of our views, and of the workbench', () => {
    const links = texts.english.flatMap(linksIn);
    expect(links).not.toEqual([]);
    expect(texts.chinese.flatMap(linksIn)).toEqual(links);
    const ours = new Set([...commandIds, ...viewIds.map((id) => `${id}.focus`)]);
    // That the workbench has its own is tested in the real one.
    const foreign = links.map(({ id }) => id).filter((id) => !ours.has(id));
    expect(foreign.filter((id) => !/^workbench\.actions?\./.test(id))).toEqual([]);
    expect(texts.english.join('').match(/\]\(command:/g)).toHaveLength(links.length);
  });

  it('name a walkthrough and a task that there are', () => {
    const given = (id: string) =>
      texts.english
        .flatMap(linksIn)
        .filter((link) => link.id === id)
        .map((link) => link.given);
    const names = walkthroughs.map(({ id }) => [`${manifest.publisher}.${manifest.name}#${id}`]);
    for (const name of given('workbench.action.openWalkthrough'))
      expect(names).toContainEqual(name);
    for (const name of given('workbench.action.tasks.runTask')) {
      expect(taskDefinitions.map(({ type }) => `${type}: check`)).toContain(name);
    }
  });

  it('complete their steps by what there is', () => {
    for (const event of steps.flatMap(({ completionEvents = [] }) => completionEvents)) {
      const [kind, id] = event.split(':') as [string, string];
      if (kind === 'onCommand') expect(commandIds).toContain(id);
      else if (kind === 'onView') expect(viewIds).toContain(id);
      else expect(clientSources().join(''), event).toContain(`'setContext', '${id}'`);
    }
  });

  it('call our commands by their titles', () => {
    for (const [pages, words] of [
      [texts.english, english],
      [texts.chinese, chinese],
    ] as const) {
      const links = pages.flatMap((text) => [
        ...text.matchAll(/\[([^\]]+)\]\(command:(gouji\.[\w.]+)/g),
      ]);
      for (const [, title, id] of links) {
        const command = commands.find((one) => one.command === id);
        if (command) expect(`${title}`).toBe(words[command.title.slice(1, -1)]!.replace('…', ''));
      }
    }
  });
});
