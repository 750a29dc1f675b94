/** Relations of a text that is not written to the end. */
import { isBlankLine, isLeftBlank, isLeftToWrite, isNonZero, type Cell } from '../disclosure/model';
import type { Reason, Relation } from './relation';
import type { Measure } from './rounding';

/** Why a relation that fails proves nothing: a figure that a sentence leaves blank is still to come. */
export function unsaidIn(relation: Relation, measure: Measure): Reason | undefined {
  switch (relation.rule.kind) {
    case 'sum':
      return partIn(relation, measure);
    case 'compare':
      return countIn(relation);
    case 'equal':
      return (
        shareIn(relation, measure) ?? mentionIn(relation) ?? changesIn(relation) ?? sideIn(relation)
      );
    case 'balance':
      return closingIn(relation);
    default:
      return undefined;
  }
}

/**
 * A text that names the total before its parts has not said yet what it comes to: as long as a part is left blank
 * that may make up what the others lack, or all of them are. Once it is the only one, it is known what it has to be; and
 * once the last one is written, those before it have been left blank.
 */
function partIn(relation: Relation, measure: Measure): Reason | undefined {
  const { left, right } = relation;
  if (left.length > 1) return undefined;
  const blanks = right.filter(({ cell }) => isLeftToWrite(cell));
  const rest = measure.left - measure.right;
  const isShort = blanks.length === right.length || rest > 0n === measure.left > 0n;
  const [first] = blanks;
  return first && isShort && !openPartIn(relation) && !hasLast(relation)
    ? { code: 'total-missing', cell: first.cell }
    : undefined;
}

const hasLast = ({ right }: Relation): boolean =>
  right.findLast(({ cell }) => cell.entry)?.cell.state === 'amount';

/** Whether several parts of a sum in a text are left blank, any of which may be what the others lack. */
export function lacksParts({ rule, left, right }: Relation, measure: Measure | undefined): boolean {
  if (rule.kind !== 'sum' || left.length > 1 || !measure) return false;
  const blanks = right.filter(({ cell }) => isLeftToWrite(cell));
  return blanks.length > 1 && measure.left - measure.right > 0n === measure.left > 0n;
}

/** The part of a sum in a text that alone is left blank, all others being written. */
export function openPartIn({ rule, left, right }: Relation): Cell | undefined {
  if (rule.kind !== 'sum' || left.length > 1 || right.length < 2) return undefined;
  // Sums of tables may be long, and are asked for at each key.
  if (right[0]!.cell.table.spec.section === undefined) return undefined;
  const open = right.filter(({ cell }) => cell.state === 'blank' || cell.entry === undefined);
  const [only, ...more] = open;
  return only && more.length === 0 && isLeftToWrite(only.cell) ? only.cell : undefined;
}

/**
 * Shares make a hundred as soon as all of them are written. Of a single one it is known what it has to be; but the
 * last is still to come where nothing is said of its row and those before it leave it something.
 */
function shareIn({ left, right }: Relation, measure: Measure): Reason | undefined {
  if (right.length > 0) return undefined;
  const [blank, ...more] = left.filter(({ cell }) => isLeftToWrite(cell));
  if (!blank) return undefined;
  const isLast = blank === left.at(-1) && measure.left < measure.right;
  return more.length > 0 || (isLast && saysNothing(blank.cell))
    ? { code: 'total-missing', cell: blank.cell }
    : undefined;
}

/** What is left to the server says nothing as long as that comes to nothing. */
const saysNothing = ({ table, row }: Cell): boolean =>
  [...row.values].every(([column, { value }]) => {
    const cell = table.cell(row.id, column);
    if (!cell) return value === undefined;
    return cell.state === 'blank' || (cell.state === 'derived' && !isNonZero(cell));
  });

/** A sentence that names what was there and what came says nothing while what went and what is left are to come. */
function closingIn({ left, right }: Relation): Reason | undefined {
  const [closing, ...more] = left;
  if (!closing || more.length > 0 || !isLeftToWrite(closing.cell)) return undefined;
  return right.some(({ cell }) => isLeftToWrite(cell))
    ? { code: 'total-missing', cell: closing.cell }
    : undefined;
}

/**
 * A text that names the change of a total before those of its parts has not said yet what they come to: changes go
 * either way, so as long as several are left blank any of them may make it up. Once the last is written, those before
 * it have been left blank.
 */
function changesIn({ left, right }: Relation): Reason | undefined {
  const [total, ...more] = left;
  if (!total || more.length > 0 || right.length < 2) return undefined;
  const parts = right.filter(({ cell }) => cell.column === total.cell.column);
  const [first, ...others] = parts.filter(({ cell }) => isLeftToWrite(cell));
  const isLastWritten = parts.at(-1)?.cell.state === 'amount';
  return first && others.length > 0 && !isLastWritten
    ? { code: 'total-missing', cell: first.cell }
    : undefined;
}

/** What the sides of a form come to is the same once both are filled in: one is left blank, and so is the other. */
function sideIn({ left, right }: Relation): Reason | undefined {
  const [one, other, ...more] = [...left, ...right].map(({ cell }) => cell);
  if (!one || more.length > 0 || one.table !== other?.table) return undefined;
  const blank = [one, other].find(isBlankLine);
  return blank && [one, other].some(isLeftBlank)
    ? { code: 'total-missing', cell: blank }
    : undefined;
}

/** What a sentence says is said again by another one only once that is written; tables tell what it has to say. */
function mentionIn({ left, right }: Relation): Reason | undefined {
  const isToCome = (cell: Cell) => isLeftToWrite(cell) || cell.entry === undefined;
  const [one, ...more] = [...left, ...right].filter(({ cell }) => isToCome(cell));
  const areSentences = [...left, ...right].every(({ cell }) => isOfText(cell));
  return one && more.length === 0 && left.length === 1 && right.length === 1 && areSentences
    ? { code: 'total-missing', cell: one.cell }
    : undefined;
}

const isOfText = ({ table }: Cell): boolean => table.spec.section !== undefined;

/** How many guests there were is not said by a sentence that names the occasions alone; nobody counts none. */
function countIn({ left }: Relation): Reason | undefined {
  const blank = left.find(({ cell }) => isLeftToWrite(cell) && cell.unit.measure === 'count');
  return blank && { code: 'total-missing', cell: blank.cell };
}
