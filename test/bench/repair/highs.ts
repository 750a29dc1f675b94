/**
 * The same question put to a solver of mixed integer programs: the fewest figures whose change lets
 * every relation hold, each figure else within its rounding. It knows no copies, ranks nothing and gives
 * one set; it is what the search is compared with, not what it has to agree with.
 */
import loadHighs, { type Highs } from 'highs';
import type { Model } from '../../../server/src/repair/solve/model';

export interface Answer {
  readonly changed: ReadonlySet<string>;
  /** In ms. */
  readonly time: number;
}

export async function load(): Promise<(model: Model) => Answer | undefined> {
  const highs = await loadHighs();
  return (model) => answer(highs, model);
}

function answer(highs: Highs, model: Model): Answer | undefined {
  const text = programOf(model);
  const start = performance.now();
  const solution = highs.solve(text, { time_limit: 2 });
  const time = performance.now() - start;
  if (solution.Status !== 'Optimal') return undefined;
  const changed = new Set<string>();
  for (const variable of variablesOf(model)) {
    const column = solution.Columns[`d${variable}`];
    if (column && 'Primal' in column && column.Primal > 0.5) changed.add(model.id(variable));
  }
  return { changed, time };
}

const COMPARATORS = { eq: '=', ge: '>=', le: '<=' } as const;

const variablesOf = ({ source }: Model) => [...Array(source.variables).keys()];

/** In the format of CPLEX; amounts in units of the place most figures are printed to. */
function programOf(model: Model): string {
  const variables = variablesOf(model);
  const printed = variables.map((variable) => model.printed(variable));
  const values = printed.map((text) => Number(text || '0'));
  const places = printed.map((text) => (text.split('.')[1] ?? '').length);
  const most = 10 * Math.max(1, ...values.map(Math.abs));
  const lines = [
    'Minimize',
    ` obj: ${variables.map((_, index) => `d${index}`).join(' + ')}`,
    'Subject To',
  ];
  for (let index = 0; index < model.count; index++) {
    const relation = model.relation(index);
    if (relation.kind === 'ratio') continue;
    const terms = relation.variables.flatMap((variable, at) => {
      const times = Number(relation.coefficients[at]!);
      // Numbers that are known are no figures.
      if (variable >= variables.length) return [];
      return [`${times < 0 ? '-' : '+'} ${Math.abs(times)} x${variable}`];
    });
    lines.push(` r${index}: ${terms.join(' ')} ${COMPARATORS[relation.comparator]} 0`);
  }
  values.forEach((value, index) => {
    const half = value === 0 ? 0 : 0.5 * 10 ** -places[index]!;
    lines.push(` u${index}: x${index} - ${most} d${index} <= ${value + half}`);
    lines.push(` l${index}: x${index} + ${most} d${index} >= ${value - half}`);
  });
  lines.push('Bounds', ...values.map((_, index) => ` x${index} free`));
  lines.push('Binary', ` ${values.map((_, index) => `d${index}`).join(' ')}`, 'End');
  return lines.join('\n');
}
