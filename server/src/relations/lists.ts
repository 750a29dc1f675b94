import { isNonZero, type Cell, type Table } from '../disclosure/model';
import { keysOf } from '../disclosure/keys';
import { written, type Judged } from './fact';
import { besides, figureOf, isLeaf, listedIn, namesListed, type Lines } from './listed';
import { brokenIn, reasonOf, type Reason } from './relation';
import { type Resolver } from './resolve';
import { Unresolved, type Scope } from './scope';
import type { Rule } from './rule';

/** Names that are listed, against the table whose lines they are; and the other way round. */
export function* lists(rule: Rule, resolver: Resolver, scope: Scope): Iterable<Judged> {
  const { target, terms } = rule;
  for (const { row, entry, column, table } of written(target!, resolver, scope)) {
    const operands = terms.flatMap((term) => resolver.operands(term, scope) ?? []);
    const source = terms[0] && resolver.tableOf(terms[0], scope);
    if (!source || source.empty) continue;
    const names = namesListed(entry.value, source);
    if (names.length === 0) continue;
    if (operands.some(({ cell }) => cell.row.broken)) throw new Unresolved(brokenIn(source));
    const lines = new Map(operands.map(({ cell }) => [cell.row.code ?? '', cell]));
    const path = keysOf(table, row, column);
    const key = `${table.id}/${row.id}/${column.id}`;
    const [first] = operands;
    if (first && operands.every(({ cell }) => isUnsaid(cell))) {
      const reason: Reason = { code: 'total-missing', cell: first.cell };
      yield { key, at: entry.key, path, args: {}, outcome: 'unchecked', reason, cells: [] };
      continue;
    }
    const items = names.map((name) => listedIn(name, source, lines));
    const listed = new Set(items.flatMap(({ paid, known }) => (paid.length > 0 ? paid : known)));
    for (const [at, { item, name, codes, known, paid }] of items.entries()) {
      const before = items[at - 1]?.paid ?? [];
      const next = paid.length > 0 ? undefined : besides(codes, lines, listed, before);
      const args = {
        name,
        table: source.title,
        codes: codes.join('、'),
        ...(next && nextArgs(next)),
      };
      const common = { key: `${key}/${name}`, at: item, path: [...path, name], args };
      if (codes.length === 0) {
        const reason: Reason = { code: 'unknown-word', word: name };
        yield { ...common, outcome: 'unchecked', reason, cells: [] };
        continue;
      }
      const elsewhere =
        known.length === 0 && row.spec && codes.some((code) => isLine(code, source));
      if (elsewhere) {
        const whole = row.spec.key;
        yield {
          ...common,
          args: { ...args, whole },
          outcome: 'fails',
          variant: 'elsewhere',
          cells: [],
        };
        continue;
      }
      const cells = known.map((code) => lines.get(code)!);
      const lacking = known.length === 0 && { lacking: { table: source, codes } };
      const reason = paid.length > 0 ? undefined : unreadOf(known, lines, source);
      if (reason) {
        yield { ...common, outcome: 'unchecked', reason, cells, ...lacking };
        continue;
      }
      const variant = known.length > 0 ? 'zero' : 'absent';
      yield {
        ...common,
        outcome: paid.length > 0 ? 'holds' : 'fails',
        variant: next ? `${variant}.next` : variant,
        ...(next && { beside: next }),
        ...lacking,
        cells,
      };
    }
    // Any line may be what a name means that no subject has: 社保, 离退休补贴.
    const unknown = items.find(({ codes }) => codes.length === 0)?.name;
    for (const [code, cell] of lines) {
      if (!isNonZero(cell) || !isLeaf(code, lines)) continue;
      const { name, printed, unit } = figureOf(cell);
      const args = { name, table: source.title, codes: code, printed, unit };
      const left = {
        key: `${key}/${code}`,
        at: entry.key,
        path: [...path, name],
        args,
        cells: [cell],
      };
      if (listed.has(code) || unknown === undefined) {
        yield { ...left, outcome: listed.has(code) ? 'holds' : 'fails', variant: 'left-out' };
      } else {
        yield { ...left, outcome: 'unchecked', reason: { code: 'unknown-word', word: unknown } };
      }
    }
  }
}

/** Of lines none of which prints anything nobody has said yet what they come to. */
const isUnsaid = ({ state }: Cell) =>
  state === 'blank' || state === 'absent' || state === 'derived';

/** Why a line that seems to come to nothing may have an amount all the same. */
function unreadOf(known: readonly string[], lines: Lines, source: Table): Reason | undefined {
  for (const code of known) {
    const reason = reasonOf(lines.get(code)!);
    if (reason) return reason;
  }
  const isHiding = source.spec.sections.some(({ id }) => source.hidesRows(id));
  return isHiding ? { code: 'unknown-key', table: source.spec.id } : undefined;
}

/** Whether a table prints a line of a code. */
const isLine = (code: string, { rows }: Table) => rows.get(code)?.printed === true;

function nextArgs(cell: Cell): Record<string, string> {
  const { code, name, printed, unit } = figureOf(cell);
  return { next: name, nextCode: code, printed, unit };
}
