import { MarkupKind, type Hover, type Position } from 'vscode-languageserver-types';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Analysis } from './analysis';
import { arithmeticOf, itemsOf } from './arithmetic';
import { subjectBlocks } from './codeHover';
import { relationsOf } from './figures';
import { inLocale, message, type Locale } from './messages';
import { BY_ATTENTION, outcomeLabel } from './outcomes';
import { figureOf, labelOf, printedOf, valueText } from './places';
import { underCursor } from './underCursor';

/** What stands under the cursor: a subject code by name, an amount by its relations. */
export function hoverAt(analysis: Analysis, position: Position, locale: Locale): Hover | undefined {
  const found = underCursor(analysis, position);
  if (!found) return undefined;
  const { node, code, cell } = found;
  const range = analysis.lines.range(analysis.tree.rangeOf(node));
  if (code) return markdown(subjectBlocks(analysis, code, locale), range);
  return cell ? markdown(amount(analysis, cell, locale), range) : undefined;
}

function markdown(blocks: readonly string[], range: Hover['range']): Hover {
  return {
    contents: { kind: MarkupKind.Markdown, value: blocks.join('\n\n') },
    ...(range && { range }),
  };
}

function amount(analysis: Analysis, cell: Cell, locale: Locale): string[] {
  const { state } = cell;
  const printed = state === 'amount' ? figureWithUnit(cell) : stateOf(cell, locale);
  const evaluations = [...relationsOf(analysis.network, cell)];
  const empty = evaluations.filter(({ outcome }) => outcome === 'empty').length;
  return [
    `**${labelOf(cell, locale)}**: ${printed}`,
    ...proposal(analysis, cell, locale),
    ...evaluations
      .filter(({ outcome }) => outcome !== 'empty')
      .sort((a, b) => BY_ATTENTION.indexOf(a.outcome) - BY_ATTENTION.indexOf(b.outcome))
      .map((evaluation) => relation(evaluation, locale)),
    ...(empty > 0 ? [`*${message(locale, 'hover.more', { count: empty })}*`] : []),
  ];
}

/** A figure that names its unit needs no other. */
function figureWithUnit({ printed, unit, around }: Cell): string {
  return around || unit.name === '' ? printed : `${printed} ${unit.name}`;
}

/** In words, what a cell without a printed amount stands for. */
function stateOf(cell: Cell, locale: Locale): string {
  const { state, printed, unit } = cell;
  if (state === 'derived') {
    const args = { value: figureOf(cell), unit: unit.name };
    return message(locale, cell.amount ? 'hover.derived' : 'hover.underived', args);
  }
  const key = state === 'absent' || state === 'amount' ? 'blank' : state;
  return message(locale, `hover.${key}`, { printed });
}

/** What the cell should print, when it is suspected. */
function proposal({ causes }: Analysis, cell: Cell, locale: Locale): string[] {
  const cause = causes.find(({ candidates }) => candidates.some((c) => c.cell === cell));
  const candidate = cause?.candidates.find((c) => c.cell === cell);
  if (!cause || !candidate) return [];
  const values = candidate.values.map((value) => valueText(value, cell));
  return cause.verdict === 'certain'
    ? [message(locale, 'hover.value', { value: values[0]! })]
    : [message(locale, 'hover.candidates', { values: values.join(message(locale, 'list')) })];
}

/** One relation: the rule and its arithmetic; item by item where it does not plainly hold. */
function relation(evaluation: Evaluation, locale: Locale): string {
  const { outcome, relation } = evaluation;
  const title = `${outcomeLabel(outcome, locale)} · ${inLocale(relation.rule.title, locale)}`;
  if (!evaluation.measure) return title;
  const lines = [title, `\`${arithmeticOf(evaluation)}\``];
  if (outcome === 'holds') {
    return [lines.join('  \n'), ...others(evaluation, locale)].join('  \n');
  }
  const rows = itemsOf(evaluation).map(
    ({ cell, sign }) => `| ${labelOf(cell, locale)} | ${sign}${printedOf(cell, locale)} |`,
  );
  return [lines.join('  \n'), [tableHead(locale), '|:--|--:|', ...rows].join('\n')].join('\n\n');
}

/** Of a table without a head a screen reader has nothing to say. */
const tableHead = (locale: Locale) =>
  `| ${message(locale, 'hover.cell')} | ${message(locale, 'hover.printed')} |`;

/** Where the figures on the other side stand, for short relations. */
function others(evaluation: Evaluation, locale: Locale): string[] {
  const items = itemsOf(evaluation);
  if (items.length > 4) return [];
  return [items.map(({ cell }) => labelOf(cell, locale)).join(' · ')];
}
