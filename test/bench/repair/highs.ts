/**
 * The same question put to a solver of mixed integer programs: the fewest figures whose change lets
 * every relation hold, each figure else within its rounding. It knows no copies, ranks nothing and gives
 * one set; it is what the search is compared with, not what it has to agree with.
 */
import loadHighs, { type Highs } from 'highs';
import type { Operand, Problem } from '../../../server/src/repair/solve/problem';

export interface Answer {
  readonly changed: ReadonlySet<string>;
  /** In ms. */
  readonly time: number;
}

export async function load(): Promise<(problem: Problem) => Answer | undefined> {
  const highs = await loadHighs();
  return (problem) => answer(highs, problem);
}

function answer(highs: Highs, problem: Problem): Answer | undefined {
  const text = programOf(problem);
  const start = performance.now();
  const solution = highs.solve(text, { time_limit: 2 });
  const time = performance.now() - start;
  if (solution.Status !== 'Optimal') return undefined;
  const changed = new Set<string>();
  problem.variables.forEach(({ id }, index) => {
    const column = solution.Columns[`d${index}`];
    if (column && 'Primal' in column && column.Primal > 0.5) changed.add(id);
  });
  return { changed, time };
}

/** In the format of CPLEX; amounts in units of the place most figures are printed to. */
function programOf({ variables, relations }: Problem): string {
  const numbers = new Map(variables.map(({ id }, index) => [id, index]));
  const values = variables.map(({ printed }) => Number(printed || '0'));
  const places = variables.map(({ printed }) => (printed.split('.')[1] ?? '').length);
  const most = 10 * Math.max(1, ...values.map(Math.abs));
  const lines = [
    'Minimize',
    ` obj: ${variables.map((_, index) => `d${index}`).join(' + ')}`,
    'Subject To',
  ];
  relations.forEach((relation, index) => {
    if (relation.kind === 'ratio') return;
    const side = (operands: readonly Operand[], sign: number) =>
      operands.flatMap((operand) => {
        if (typeof operand === 'string')
          return [`${sign < 0 ? '-' : '+'} x${numbers.get(operand)!}`];
        if ('constant' in operand) return [];
        const times = sign * Number(operand.coefficient ?? 1);
        return [`${times < 0 ? '-' : '+'} ${Math.abs(times)} x${numbers.get(operand.variable)!}`];
      });
    const form = [...side(relation.left, 1), ...side(relation.right, -1)].join(' ');
    lines.push(` r${index}: ${form} ${relation.comparator ?? '='} 0`);
  });
  values.forEach((value, index) => {
    const half = value === 0 ? 0 : 0.5 * 10 ** -places[index]!;
    lines.push(` u${index}: x${index} - ${most} d${index} <= ${value + half}`);
    lines.push(` l${index}: x${index} + ${most} d${index} >= ${value - half}`);
  });
  lines.push('Bounds', ...values.map((_, index) => ` x${index} free`));
  lines.push('Binary', ` ${values.map((_, index) => `d${index}`).join(' ')}`, 'End');
  return lines.join('\n');
}
