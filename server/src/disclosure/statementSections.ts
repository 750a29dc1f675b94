import { append } from '../syntax/arrays';
import type { Entry } from '../syntax/tree';
import type { TableDamage } from './damage';
import { lostHeading, type Lacking } from './lostHeading';
import { lostSide } from './lostSide';
import type { Problem } from './model';
import { statementsIn } from './ownKeys';
import { withLines, withoutLines } from './partLines';
import { StatementReader, type Context } from './statement';
import type { StatementData } from './statementData';
import { isMerge, repeated, unknownKey } from './unknown';
import { vocabulary, type SectionSpec, type TableSpec } from './vocabulary';

const inSection = (id: string) => vocabulary.statements.filter(({ section }) => section === id);

/** The statements that the sections of a file hold, by id. */
export function readStatements(
  sections: ReadonlyMap<string, Entry>,
  context: Context,
): Map<string, StatementData> {
  const statements = new Map<string, StatementData>();
  for (const [id, entry] of sections) {
    for (const statement of readSection(id, entry, context)) {
      statements.set(statement.id, statement);
    }
  }
  return statements;
}

/** The same of one section. */
export function readSection(id: string, entry: Entry, context: Context): StatementData[] {
  const damage = context.damage.of(entry);
  const specs = inSection(id);
  const own = specs.find(({ key }) => key === vocabulary.sections[id]!.key);
  if (own)
    return own.repeated ? readForms(own, entry, context) : [read(own, entry, entry, [], damage)];
  // A section without statements is text: 名词解释.
  if (specs.length === 0 || entry.value?.kind !== 'map') return [];
  const known = statementsIn(id);
  const found = new Map<string, Entry>();
  const { entries } = entry.value;
  for (const child of entries) {
    const spec = known.get(child.key.text);
    if (spec) {
      append(context.problems, repeated(found.get(spec.id), child, { table: entry.key.text }));
      found.set(spec.id, child);
    } else if (!isMerge(child)) {
      const isTaken = (near: TableSpec) => found.has(near.id);
      const args = { table: entry.key.text };
      const { problem } = unknownKey('input.unknown-row', child, known.names, isTaken, args);
      context.problems.push(problem);
    }
  }
  // Lines that are misunderstood, and nothing but them, leave the other statements as they are.
  const damageOf = (child: Entry) =>
    damage?.lines?.reachIn(entries, entries.indexOf(child)) === false ? undefined : damage;
  const lackingIn = (part: Entry) => (): Lacking[] =>
    specs
      .filter((spec) => !found.has(spec.id))
      .map((spec) => ({
        id: spec.id,
        heading: spec.key,
        problemsOf: (lines) => {
          const said: Problem[] = [];
          read(spec, part, withLines(part, lines), [], undefined, { problems: said });
          return said;
        },
      }));
  return [...found].map(([specId, child]) => {
    const spec = specs.find((one) => one.id === specId)!;
    const within = [entry.key.text];
    const damaged = damageOf(child);
    const alone: Problem[] = [];
    const own = read(spec, child, child, within, damaged, { problems: alone });
    const below = damaged ? undefined : lostHeading(child, alone, lackingIn(child), context.tree);
    const sideOf = (section: SectionSpec, lines: readonly Entry[], side: Entry) => {
      const said: Problem[] = [];
      const key = { ...side.key, text: section.key! };
      const as = withLines(child, [withLines({ ...side, key }, lines)]);
      read(spec, child, as, [], undefined, { problems: said });
      return said;
    };
    const lost =
      below ?? (damaged ? undefined : lostSide(spec, child, alone, context.tree, sideOf));
    if (!lost) {
      append(context.problems, alone);
      return own;
    }
    context.problems.push(lost.problem);
    return read(spec, child, withoutLines(child, lost.lines), within, damaged);
  });

  function read(
    spec: TableSpec,
    at: Entry,
    body: Entry,
    within: string[],
    damaged: TableDamage | undefined,
    { problems }: Pick<Context, 'problems'> = context,
  ): StatementData {
    const own = { ...context, problems };
    return new StatementReader(spec, at, own, within, damaged).read(body.value);
  }
}

/** Whether a section may hold anything, so that no line tells of it. */
export function isOpen(id: string): boolean {
  const specs = inSection(id);
  return (
    specs.length === 0 ||
    specs.some(
      (spec) =>
        spec.repeated === true || spec.sections.some((side) => side.id === '' && side.names),
    )
  );
}

/** A section that a file does not have; of one that may be anything no line tells. */
export function lackingSection(id: string, part: Entry, context: Context): Lacking[] {
  if (isOpen(id)) return [];
  const { key: heading } = vocabulary.sections[id]!;
  const problemsOf = (lines: readonly Entry[]) => {
    const problems: Problem[] = [];
    readSection(id, withLines(part, lines), { ...context, problems });
    return problems;
  };
  return [{ id, heading, problemsOf }];
}

/** A list of forms, one for each project. */
function readForms(spec: TableSpec, entry: Entry, context: Context): StatementData[] {
  const { value } = entry;
  const bodies = value?.kind === 'sequence' ? value.items : value ? [value] : [];
  const damage = context.damage.of(entry);
  const forms = new Map<string, StatementData>();
  for (const [index, body] of bodies.entries()) {
    const form = new StatementReader(spec, entry, context, [], damage).readForm(body, index);
    if (forms.has(form.id)) {
      const args = { key: form.project!.code, first: form.project!.code, table: entry.key.text };
      context.problems.push({ code: 'input.duplicate-name', at: form.project!.node, args });
    }
    forms.set(form.id, form);
  }
  return [...forms.values()];
}
