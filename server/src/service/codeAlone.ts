/** A subject of which only the table of income speaks, where expenditure lists one a slip away with its figure. */
import { catalogOf } from '../catalog/inForce';
import { codePlaces } from '../catalog/places';
import { isSameAmount } from '../disclosure/amount';
import { isGuess } from '../disclosure/damage';
import {
  isNonZero,
  type Disclosure,
  type Problem,
  type Row,
  type Table,
} from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { isSlip } from '../catalog/slips';
import { Memo } from '../syntax/memo';

/** Of tables with more rows nothing is compared, while somebody types. */
const MOST_ROWS = 2000;

/** So many subjects both tables list tell that they list the same ones: others are received and spent in other years. */
const FEWEST_SHARED = 3;

export function aloneProblems(disclosure: Disclosure): Problem[] {
  const { received, spent } = vocabulary.roles;
  const [income, expenditure] = [received, spent].map((id) => disclosure.tables.get(id));
  if (!income || !expenditure || income.rows.size + expenditure.rows.size > MOST_ROWS) return [];
  const { tree } = disclosure;
  if (tree.problems.some(isGuess) || [income, expenditure].some(isUnread)) return [];
  const alone = aloneIn(income, expenditure);
  if (!alone) return [];
  const [meant, ...rivals] = subjectsOf(expenditure).filter(
    (row) =>
      !income.rows.get(row.code)?.entry &&
      isSlip(alone.code, row.code) &&
      isAlike(alone, income, row, expenditure),
  );
  if (!meant || rivals.length > 0) return [];
  const places = codePlaces(disclosure);
  const count = (of: string) => places.filter(({ code }) => code === of).length;
  // What is written in one place more is the right one.
  if (count(alone.code) > 1 || count(meant.code) < 2) return [];
  const { code } = meant;
  const name = catalogOf(income).lookup(code, 'functional')?.name;
  if (name === undefined) return [];
  const at = alone.entry!.key;
  const args = { code: alone.code, value: `${code} ${name}` };
  const edits = [{ at, newText: code }];
  return [
    {
      code: 'code.alone',
      at,
      args,
      fixes: [{ title: 'subject', args: { code, name }, edits, certain: false }],
    },
  ];
}

/** Whether rows may be there that cannot be read. */
const isUnread = (table: Table) => table.hasUnknown || table.isIncomplete('');

interface Subject extends Row {
  readonly code: string;
}

const isSubject = (row: Row): row is Subject => row.entry !== undefined && row.code !== undefined;

/** The subjects that a table lists. */
const subjectsOf = ({ rows }: Table) => [...rows.values()].filter(isSubject);

/** A table's rows stay the same objects for as long as it is the same. */
const known = new Memo<Table['rows'], Alone>();

interface Alone {
  readonly beside: Table['rows'];
  readonly subject: Subject | undefined;
}

/** The only subject that another table does not list. */
function aloneIn({ rows }: Table, { rows: beside }: Table): Subject | undefined {
  const before = known.get(rows);
  if (before?.beside === beside) return before.subject;
  const subjects = [...rows.values()].filter(isSubject);
  const [subject, ...more] = subjects.filter(({ code }) => !beside.get(code)?.entry);
  const isAlone = more.length === 0 && subjects.length > FEWEST_SHARED;
  const alone = { beside, subject: isAlone ? subject : undefined };
  known.set(rows, alone);
  return alone.subject;
}

/** Whether both rows come to the same. */
function isAlike(one: Row, table: Table, other: Row, otherTable: Table): boolean {
  const [own, beside] = [totalOf(one, table), totalOf(other, otherTable)];
  if (!own || !beside || !isNonZero(own) || !isNonZero(beside)) return false;
  return isSameAmount(own.amount!, beside.amount!);
}

function totalOf({ id, section }: Row, table: Table) {
  const total = table.columnsOf(section).find((column) => column.total);
  return total && table.cell(id, total.id);
}
