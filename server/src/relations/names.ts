import { plainName } from '../catalog/names';
import { keysOf } from '../disclosure/keys';
import type { Disclosure } from '../disclosure/model';
import { normalizeKey, vocabulary } from '../disclosure/vocabulary';
import type { ScalarNode } from '../syntax/tree';
import type { Judged } from './fact';
import type { Rule } from './rule';

/** What a target prints is what the terms print, or what stands elsewhere for the same. */
export function names(rule: Rule, disclosure: Disclosure): Iterable<Judged> {
  switch (rule.of) {
    case 'project':
      return projectNames(disclosure);
    case 'subject':
      return subjectNames(disclosure);
    default:
      return organisationNames(rule, disclosure);
  }
}

function* organisationNames({ target }: Rule, disclosure: Disclosure): Iterable<Judged> {
  const { organisation } = disclosure;
  const table = disclosure.tables.get(target!.table);
  if (!table || organisation === undefined) return;
  const rows = [...table.rows.values()].filter(({ printed }) => printed);
  for (const row of rows) {
    const column = row.section.columns.find(({ id }) => id === target!.column.name);
    const node = column && row.values.get(column.id)?.value;
    if (node?.kind !== 'scalar' || node.text.trim() === '') continue;
    const same = isSameOrganisation(node.text, organisation);
    yield {
      key: `${table.id}/${row.id}/${column!.id}`,
      at: node,
      path: keysOf(table, row, column!),
      args: { printed: node.text.trim(), name: organisation },
      outcome: same ? 'holds' : 'fails',
      cells: [],
    };
  }
}

/** One subject, one name in all tables. */
function* subjectNames({ tables }: Disclosure): Iterable<Judged> {
  const named = new Map<string, ScalarNode>();
  for (const table of tables.values()) {
    for (const { id, code, name, section } of table.rows.values()) {
      if (!code || !name || name.text.trim() === '') continue;
      const key = `${section.codes?.classification ?? ''} ${code}`;
      const first = named.get(key);
      if (!first) {
        named.set(key, name);
        continue;
      }
      const [one, other] = [plainName(name.text), plainName(first.text)];
      // A name that a narrow column cuts short is told against the catalog.
      const same = one.startsWith(other) || other.startsWith(one);
      yield {
        key: `${table.id}/${id}/name`,
        at: name,
        path: [...table.within, table.spec.key, code],
        args: { printed: name.text.trim(), name: first.text.trim() },
        outcome: same ? 'holds' : 'fails',
        cells: [],
        related: first,
      };
    }
  }
}

/** One project, one name: the first that is printed counts as its name. */
function* projectNames({ tables }: Disclosure): Iterable<Judged> {
  const named = new Map<string, ScalarNode>();
  for (const table of tables.values()) {
    // Of the nine tables no row is a project.
    if (table.spec.section === undefined) continue;
    const rows = [...table.rows.values()];
    const projects = [
      ...(table.project ? [{ ...table.project, id: table.id }] : []),
      ...rows.flatMap((row) =>
        row.project ? [{ ...row.project, id: `${table.id}/${row.id}` }] : [],
      ),
      ...rows.flatMap((row) =>
        row.section.items === 'project' && row.title && row.printedAs?.kind === 'scalar'
          ? [{ code: row.title, printedAs: row.printedAs, id: `${table.id}/${row.id}` }]
          : [],
      ),
    ];
    for (const { code, printedAs, id } of projects) {
      if (!printedAs) continue;
      const first = named.get(code);
      if (!first) {
        named.set(code, printedAs);
        continue;
      }
      const same = bareName(printedAs.text) === bareName(first.text);
      yield {
        key: `${id}/project`,
        at: printedAs,
        path: [...table.within, table.spec.key, code],
        args: { printed: printedAs.text.trim(), name: first.text.trim(), code },
        outcome: same ? 'holds' : 'fails',
        cells: [],
        related: first,
      };
    }
  }
}

/** The name of a project without the word that it is one. */
const bareName = (text: string) => normalizeKey(text).replace(/项目$/u, '');

/** A text shortens the name of its own organisation: 本单位, 区财政局 for 某市某区财政局, no bracket. */
function isSameOrganisation(printed: string, name: string): boolean {
  const [one, other] = [printed, name].map(bareOrganisation) as [string, string];
  if (one === other || SELF.has(one)) return true;
  const withoutBrackets = (text: string) => text.replace(/\([^()]*\)$/u, '');
  const brackets = [one, other].filter((text) => text !== withoutBrackets(text));
  const [short, long] = (
    brackets.length === 1 ? [one, other].map(withoutBrackets) : [one, other]
  ).sort((a, b) => a.length - b.length) as [string, string];
  return short.length >= SHORTEST_NAME && long.endsWith(short);
}

/** 局, 中心: too short to tell an organisation. */
const SHORTEST_NAME = 3;

const scopes = vocabulary.organisationScopes.map(normalizeKey).join('|');
const SCOPE = new RegExp(`\\((?:${scopes})\\)$`, 'u');
const SELF = new Set(vocabulary.organisationSelf.map(normalizeKey));

/** 某局（部门）, 某局（本级）: the budget that is meant is no part of the name. */
const bareOrganisation = (text: string) => normalizeKey(text).replace(SCOPE, '');
