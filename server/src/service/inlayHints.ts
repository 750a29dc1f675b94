import { MarkupKind, type InlayHint, type Range } from 'vscode-languageserver-types';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { isStructural } from '../relations/rounding';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import { derivedCells, derivedText } from './derived';
import { inLocale, message, type Locale } from './messages';

/** Behind every 自动 in a range the value it stands for. */
export function inlayHintsIn(analysis: Analysis, range: Range, locale: Locale): InlayHint[] {
  const { lines, tree } = analysis;
  const start = lines.offset(range.start);
  const end = lines.offset(range.end);
  return derivedCells(analysis).flatMap((cell) => {
    const at = tree.rangeOf(cell.node!);
    if (at.end < start || at.start > end) return [];
    const value = derivedText(cell) || message(locale, 'blank');
    const tooltip = tooltipOf(analysis, cell, locale);
    return [
      {
        position: lines.position(at.end),
        label: `= ${value}`,
        paddingLeft: true,
        ...(tooltip && { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
      },
    ];
  });
}

/** The relation that the value comes from, with its arithmetic. */
function tooltipOf({ network }: Analysis, cell: Cell, locale: Locale): string | undefined {
  const definitions = (network?.of(cell) ?? [])
    .filter((evaluation) => evaluation.outcome === 'holds' && tierOf(evaluation, cell) < TIERS)
    .sort((a, b) => tierOf(a, cell) - tierOf(b, cell));
  const [definition] = definitions;
  if (!definition) return undefined;
  const title = inLocale(definition.relation.rule.title, locale);
  return `${title}  \n\`${arithmeticOf(definition)}\``;
}

const TIERS = 3;

/** Cells are computed from their own table first, then from copies, then from the other side of one. */
function tierOf({ relation: { left, right, rule } }: Evaluation, cell: Cell): number {
  const alone = ([first, ...more]: typeof left) => first?.cell === cell && more.length === 0;
  if (alone(left) && isStructural(rule.kind)) return 0;
  if (rule.kind !== 'equal') return TIERS;
  return alone(left) ? 1 : alone(right) ? 2 : TIERS;
}
