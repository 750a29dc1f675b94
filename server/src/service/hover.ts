import { MarkupKind, type Hover, type Position } from 'vscode-languageserver-types';
import { isLeftBlank, type Cell, type Mode } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { isOverNothing } from '../relations/ratio';
import type { Cause } from '../repair/cause';
import { exonerated } from '../repair/exonerate';
import type { Analysis } from './analysis';
import { arithmeticOf, itemsOf } from './arithmetic';
import { calculationOf } from './calculation';
import { intervalOf, suspects } from './causeMessage';
import { subjectBlocks } from './codeHover';
import { relationsOf } from './figures';
import { inLocale, message, type Locale } from './messages';
import { nameBlocks } from './nameHover';
import { BY_ATTENTION, outcomeLabel } from './outcomes';
import { figureOf, labelOf, valueText } from './places';
import { reasonMessage } from './reasons';
import { underCursor } from './underCursor';

/** What stands under the cursor: a subject code by name, an amount by its relations. */
export function hoverAt(analysis: Analysis, position: Position, locale: Locale): Hover | undefined {
  const found = underCursor(analysis, position);
  if (!found) return undefined;
  const { node, entry, code, cell } = found;
  const range = analysis.lines.range(analysis.tree.rangeOf(node));
  if (code) return markdown(subjectBlocks(analysis, code, locale), range);
  if (cell) return markdown(amount(analysis, cell, locale), range);
  const named = entry && nameBlocks(analysis, entry, locale);
  return named && markdown(named, range);
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
  const { mode } = analysis.disclosure!;
  const evaluations = [...relationsOf(analysis.network, cell)];
  const empty = evaluations.filter(({ outcome }) => outcome === 'empty').length;
  return [
    `**${labelOf(cell, locale)}**: ${printed}`,
    ...waitsFor(analysis, cell, locale),
    ...proposal(analysis, cell, locale),
    ...evaluations
      .filter(({ outcome }) => outcome !== 'empty')
      .sort((a, b) => BY_ATTENTION.indexOf(a.outcome) - BY_ATTENTION.indexOf(b.outcome))
      .map((evaluation) => relation(evaluation, mode, locale)),
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
    const value = figureOf(cell);
    if (value === '') return message(locale, 'hover.derived.blank');
    const key = isLeftBlank(cell) ? 'hover.left-blank' : 'hover.derived';
    return message(locale, cell.amount ? key : 'hover.underived', {
      value,
      unit: unit.name,
    });
  }
  const key = state === 'absent' || state === 'amount' ? 'blank' : state;
  return message(locale, `hover.${key}`, { printed });
}

/** More than these nobody fills in at once. */
const MOST_REASONS = 5;

/** What is still to be written before a cell that is left to the server can be computed. */
function waitsFor({ network, disclosure }: Analysis, cell: Cell, locale: Locale): string[] {
  const reasons = network?.underived.find((one) => one.cell === cell)?.reasons ?? [];
  const all = new Set(reasons.map((reason) => reasonMessage(reason, disclosure, locale)));
  if (all.size === 0) return [];
  const lines = [...all].slice(0, MOST_REASONS).map((reason) => `- ${reason}`);
  const rest = all.size - lines.length;
  if (rest > 0) lines.push(`- ${message(locale, 'hover.more-places', { count: rest })}`);
  return [[message(locale, 'hover.waits'), ...lines].join('\n')];
}

/** What the cell should print, when it is suspected, and how sure that is. */
function proposal({ causes, network }: Analysis, cell: Cell, locale: Locale): string[] {
  const cause = causes.find(({ candidates }) => candidates.some((c) => c.cell === cell));
  const candidate = cause?.candidates.find((c) => c.cell === cell);
  if (!network || !cause || !candidate) return undecided(causes, cell, locale);
  const [value, ...others] = candidate.values.map((amount) => valueText(amount, cell));
  if (value === undefined) return [message(locale, 'hover.suspect')];
  const list = (values: readonly string[]) => values.join(message(locale, 'list'));
  const within = intervalOf(candidate);
  const limits = within ? message(locale, 'hover.within', within) : '';
  switch (cause.verdict) {
    case 'certain':
      return [
        message(locale, 'hover.certain', { value }) + limits,
        ...exonerations(network, cause, locale),
      ];
    case 'likely': {
      const text = message(locale, 'hover.likely', { value }) + limits;
      const rest = others.length > 0 ? message(locale, 'cause.else', { values: list(others) }) : '';
      return [text + rest, ...exonerations(network, cause, locale)];
    }
    default:
      return [message(locale, 'hover.candidates', { values: list([value, ...others]) }) + limits];
  }
}

/** What else may be wrong, where a figure does not agree with others and is not suspected itself. */
function undecided(causes: readonly Cause[], cell: Cell, locale: Locale): string[] {
  const cause = causes.find((one) => one.cell === cell && one.verdict === 'undecided');
  if (!cause || cause.candidates.length === 0) return [];
  return [message(locale, 'hover.undecided', { cells: suspects(cause.candidates, locale) })];
}

/** Why it is not one of the other figures. */
function exonerations(network: Network, cause: Cause, locale: Locale): string[] {
  const lines = exonerated(network, cause).map(
    ({ cell, by }) => `- ${labelOf(cell, locale)} ✓ \`${arithmeticOf(by)}\``,
  );
  return lines.length > 0 ? [[message(locale, 'hover.exonerated'), ...lines].join('\n')] : [];
}

/** One relation: the rule and its arithmetic; item by item where it does not plainly hold. */
function relation(evaluation: Evaluation, mode: Mode, locale: Locale): string {
  const { outcome, relation } = evaluation;
  const title = `${outcomeLabel(outcome, locale)} · ${inLocale(relation.rule.title, locale)}`;
  if (!evaluation.measure) return title;
  if (isOverNothing(relation)) return `${title}  \n${message(locale, 'hover.zero-base')}`;
  const lines = [title, `\`${arithmeticOf(evaluation)}\``];
  if (outcome === 'holds') {
    return [lines.join('  \n'), ...others(evaluation, locale)].join('  \n');
  }
  return [lines.join('  \n'), calculationOf(evaluation, mode, locale)].join('\n\n');
}

/** Where the figures on the other side stand, for short relations. */
function others(evaluation: Evaluation, locale: Locale): string[] {
  const items = itemsOf(evaluation);
  if (items.length > 4) return [];
  return [items.map(({ cell }) => labelOf(cell, locale)).join(' · ')];
}
