/** Subjects that a table alone does not go into, where another one of the same subjects does. */
import { catalogOf } from '../catalog/inForce';
import { labelOf } from '../catalog/nameChecks';
import type { Amount } from '../disclosure/amount';
import { isGuess } from '../disclosure/damage';
import {
  isNonZero,
  type Disclosure,
  type Problem,
  type ProblemFix,
  type Row,
  type Table,
} from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { leastOf } from '../syntax/arrays';
import type { Cause } from '../repair/cause';
import { Memo } from '../syntax/memo';
import { isLast } from './draft';
import { newRow } from './newRow';

/** Of tables with more rows nothing is compared, while somebody types. */
const MOST_ROWS = 2000;

/** So many subjects of a level have to be gone into for it to say anything that one is not. */
const FEWEST_DETAILED = 2;

interface Subject extends Row {
  readonly code: string;
}

/**
 * Behind the last table that is begun the rows may be the next to be written.
 * @param ofCodes what is said of codes: a row that has a wrong one is there
 */
export function detailProblems(
  disclosure: Disclosure,
  causes: readonly Cause[],
  ofCodes: readonly Problem[],
): Problem[] {
  const { tables, tree } = disclosure;
  const sisters = vocabulary.sisters.flatMap((id) => tables.get(id) ?? []);
  if (sisters.length < 2 || sisters.some(({ rows }) => rows.size > MOST_ROWS)) return [];
  const lacking = sisters.filter((table) => undetailed(table).length > 0);
  if (lacking.length === 0 || tree.problems.some(isGuess)) return [];
  return lacking.flatMap((table) => {
    if (table.hasUnknown || table.isIncomplete('') || isLast(table, { disclosure, tree }))
      return [];
    return undetailed(table).flatMap((row): Problem[] => {
      const others = sisters.filter((other) => other !== table);
      // Expenditure is shared out as expenditure is elsewhere: the list with most of its columns comes first.
      const [other] = others
        .filter((one) => below(row, one).length > 0)
        .sort(
          (a, b) =>
            figuresOf(b, below(row, b)[0]!, row).size - figuresOf(a, below(row, a)[0]!, row).size,
        );
      if (isTold(table, row, causes, ofCodes)) return [];
      if (!other || ![...row.values.keys()].some((id) => isSaid(table, row, id))) return [];
      const subjects = below(row, other);
      const name = ({ code }: Subject) => {
        const entry = catalogOf(table).lookup(code, 'functional');
        return entry ? labelOf(entry) : code;
      };
      const args = { subject: name(row), table: other.title, names: subjects.map(name).join('、') };
      const [only, ...more] = subjects;
      const own = figuresOf(table, row, row);
      // A subject that is left to the server comes to nothing while no row below it is there.
      const [title, figures] =
        own.size > 0
          ? (['detail-row', own] as const)
          : (['detail-row-of', figuresOf(other, only!, row)] as const);
      const fixArgs = { subject: name(only!), table: other.title };
      const edit = more.length === 0 ? detailEdit(table, only!, figures, disclosure) : undefined;
      const fixes = edit ? [{ title, args: fixArgs, edits: [edit], certain: false }] : [];
      return [{ code: 'code.detail', at: row.entry!.key, args, fixes }];
    });
  });
}

/** Whether it is told of a row that it is one of the subject's: by its figures, or by its code. */
function isTold(
  table: Table,
  { code, entry }: Subject,
  causes: readonly Cause[],
  ofCodes: readonly Problem[],
): boolean {
  const isBelow = (one: string | undefined) => one?.startsWith(code) === true;
  const rows = [...table.rows.values()];
  const isCause = causes.some(({ groups }) =>
    groups.some((group) => group.table === table && isBelow(group.code ?? group.row)),
  );
  const isProblem = ofCodes.some(({ at, fixes = [] }) => {
    if (at === entry?.key) return true;
    const isOwn = rows.some((row) => row.entry?.key === at);
    return isOwn && fixes.some(({ args }) => isBelow(args?.['code']));
  });
  return isCause || isProblem || rows.some(({ doubled }) => doubled);
}

/** A figure, or one that is left to the server, which does not find it. */
function isSaid(table: Table, { id }: Row, column: string): boolean {
  const cell = table.cell(id, column);
  return cell !== undefined && (isNonZero(cell) || cell.state === 'derived');
}

const subjectsOf = ({ rows }: Table) =>
  [...rows.values()].filter(
    (row): row is Subject => row.entry !== undefined && row.code !== undefined,
  );

/** What a table lists of a subject, to the level nearest to it. */
function below({ code }: Subject, table: Table): readonly Subject[] {
  const all = subjectsOf(table).filter((row) => row.code !== code && row.code.startsWith(code));
  const level = leastOf(all.map((row) => row.code.length));
  return all.filter((row) => row.code.length === level);
}

/** A table's rows stay the same objects for as long as it is the same. */
const known = new Memo<Table['rows'], readonly Subject[]>();

/** The few subjects of a level of which a table lists nothing, where it goes into the others. */
function undetailed(table: Table): readonly Subject[] {
  const before = known.get(table.rows);
  if (before) return before;
  const rows = subjectsOf(table);
  const levels = [...new Set(rows.map(({ code }) => code.length))].sort().slice(0, -1);
  const above = new Set(
    levels.flatMap((level) =>
      rows.flatMap(({ code }) => (code.length > level ? code.slice(0, level) : [])),
    ),
  );
  const found = levels.flatMap((level) => {
    const peers = rows.filter(({ code }) => code.length === level);
    const bare = peers.filter(({ code }) => !above.has(code));
    const others = peers.length - bare.length;
    return others >= FEWEST_DETAILED && others >= bare.length ? bare : [];
  });
  known.set(table.rows, found);
  return found;
}

/** What a table has of a subject, in the columns that another row writes. */
function figuresOf(table: Table, { id }: Row, { values }: Row): ReadonlyMap<string, Amount> {
  return new Map(
    [...values.keys()].flatMap((column): [string, Amount][] => {
      const cell = table.cell(id, column);
      return cell?.amount && isNonZero(cell) ? [[column, cell.amount]] : [];
    }),
  );
}

/** The row of the only subject below one, which has what that has, or what another table prints of it. */
function detailEdit(
  table: Table,
  { code }: Subject,
  figures: ReadonlyMap<string, Amount>,
  { tree }: Disclosure,
): ProblemFix['edits'][number] | undefined {
  const edit = figures.size > 0 ? newRow(table, code, figures, tree) : undefined;
  return edit && { at: edit.range, newText: edit.newText };
}
