import type { Named, Vocabulary } from '../src/disclosure/vocabulary';
import { escape, Spelling } from './spelling';

/**
 * The TextMate grammars. They colour with the editor's own YAML and JSON grammars and add to them by
 * injection, because those keep whole maps inside their own regions: patterns beside them would
 * never be asked. What they add never reaches beyond one key or one value, so that whatever the
 * underlying grammar has begun it also ends.
 */

type Rule = Readonly<Record<string, unknown>>;

/** As values and as keys: 增加: 555.35, 比上年: 持平. */
const DIRECTIONS = ['增加', '减少', '增长', '下降', '基本持平', '持平', '大于', '小于', '等于'];
/** The key whose value is a subject code, not an amount. */
const CODE_KEY = '科目';

const CODE = String.raw`\d{7}|\d{5}|\d{3}`;
const PLAIN_AMOUNT = String.raw`[+-]?\d+(?:\.\d+)?`;
const AMOUNT = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const PERCENTAGE = String.raw`[+-]?\d+(?:\.\d+)?[%％]`;

/** Before a scalar: the start of a line, a blank, or what opens or separates. */
const BEFORE = String.raw`(?<![^\s{\[,"'])`;
/** Where the region of a scalar begins. */
const START = String.raw`\G`;
const END = {
  key: String.raw`(?=["'][ \t]*:|[ \t]*:(?:[\s,\]}]|$))`,
  block: String.raw`(?=[ \t]*$|[ \t]+#)`,
  flow: String.raw`(?=[ \t]*(?:[,\]}]|$)|[ \t]+#)`,
  quoted: String.raw`(?=["'])`,
};

export function yamlGrammar(vocabulary: Vocabulary): Rule {
  const words = new Words(vocabulary);
  return {
    name: '决算公开数据 (YAML)',
    scopeName: 'source.disclosure.yaml',
    patterns: [{ include: 'source.yaml' }],
    injections: {
      // Keys: both generations of the YAML grammar mark them so, the older one from their second
      // character on only. There, and for plain values, a match is tried before the region begins.
      'L:entity.name.tag.yaml': include('keys'),
      'L:source.disclosure.yaml - meta.stream.yaml - string - comment - meta.flow-mapping.yaml - meta.flow-sequence.yaml':
        include('keys', 'old-block-values'),
      'L:meta.flow-mapping.yaml - string - comment, L:meta.flow-sequence.yaml - string - comment':
        include('keys', 'old-flow-values'),
      // Values: in the newer grammar a region begins before the first character.
      'L:meta.stream.yaml string.unquoted.plain.out.yaml - entity.name.tag.yaml':
        include('block-values'),
      'L:meta.stream.yaml string.unquoted.plain.in.yaml - entity.name.tag.yaml':
        include('flow-values'),
      'L:string.quoted.double.yaml - entity.name.tag.yaml, L:string.quoted.single.yaml - entity.name.tag.yaml':
        include('quoted-values'),
    },
    repository: {
      keys: { patterns: words.keys(BEFORE, END.key) },
      'block-values': { patterns: words.values(START, AMOUNT, END.block) },
      'flow-values': { patterns: words.values(START, PLAIN_AMOUNT, END.flow) },
      'quoted-values': { patterns: words.values(START, AMOUNT, END.quoted) },
      'old-block-values': { patterns: words.values(BEFORE, AMOUNT, END.block) },
      'old-flow-values': { patterns: words.values(BEFORE, PLAIN_AMOUNT, END.flow) },
    },
  };
}

export function jsonGrammar(vocabulary: Vocabulary): Rule {
  const words = new Words(vocabulary);
  return {
    name: '决算公开数据 (JSON)',
    scopeName: 'source.disclosure.json',
    patterns: [{ include: 'source.json' }],
    injections: {
      'L:support.type.property-name.json': include('keys'),
      'L:string.quoted.double.json': include('text-values'),
      'L:source.disclosure.json - string - comment - support.type.property-name.json':
        include('numbers'),
    },
    repository: {
      keys: { patterns: words.keys(START, String.raw`(?=")`) },
      'text-values': { patterns: words.values(START, AMOUNT, String.raw`(?=")`) },
      numbers: {
        patterns: [
          words.code(BEFORE_NUMBER, END.flow),
          words.amount(BEFORE_NUMBER, PLAIN_AMOUNT, END.flow),
        ],
      },
    },
  };
}

/** In JSON a number may stand right behind the colon. */
const BEFORE_NUMBER = String.raw`(?<![^\s{\[,:])`;

function include(...names: string[]): Rule {
  return { patterns: names.map((name) => ({ include: `#${name}` })) };
}

function scoped(name: string, match: string): Rule {
  return { name: `${name}.disclosure`, match };
}

class Words {
  private readonly spelling: Spelling;

  constructor(private readonly vocabulary: Vocabulary) {
    this.spelling = new Spelling(vocabulary.tables.map(({ key }) => key));
  }

  keys(before: string, end: string): Rule[] {
    const { tables, sections } = this.vocabulary;
    return [
      scoped('entity.name.type.table', `${before}(?:${this.names(tables)})${end}`),
      scoped(
        'entity.name.type.section',
        `${before}(?:${this.names(Object.values(sections))})${end}`,
      ),
      scoped('variable.other.constant.code', `${before}(?:${CODE})${end}`),
      scoped('keyword.control.direction', `${before}(?:${DIRECTIONS.join('|')})${end}`),
    ];
  }

  values(before: string, amount: string, end: string): Rule[] {
    const markers = this.vocabulary.markers.map(escape).join('|');
    return [
      this.code(before, end),
      scoped('constant.numeric.percentage', `${before}${PERCENTAGE}${end}`),
      this.amount(before, amount, end),
      scoped('constant.language.derived', `${before}${this.vocabulary.derived}${end}`),
      scoped('constant.language.marker', `${before}(?:${markers})${end}`),
      scoped('keyword.control.direction', `${before}(?:${DIRECTIONS.join('|')})${end}`),
    ];
  }

  code(before: string, end: string): Rule {
    return scoped('variable.other.constant.code', `${before}${after(CODE_KEY)}(?:${CODE})${end}`);
  }

  /** The year is a number too, but none of money. */
  amount(before: string, amount: string, end: string): Rule {
    const year = this.vocabulary.head['year']!.key;
    return scoped('constant.numeric.amount', `${before}${after(year, '!')}${amount}${end}`);
  }

  private names(all: readonly Named[]): string {
    return all.map((named) => this.spelling.all(named)).join('|');
  }
}

/** Behind a key, quoted or not, and its colon; `!`: not behind it. */
function after(key: string, not: '' | '!' = ''): string {
  return `(?<${not || '='}${key}["']?:[ \\t]*["']?)`;
}
