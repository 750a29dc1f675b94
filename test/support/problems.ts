/** Problems for the solver, written short. */

/** What each variable prints. */
export type Figures = Readonly<Record<string, string>>;

export const variables = (figures: Figures) =>
  Object.entries(figures).map(([id, printed]) => ({ id, printed }));

export const sum = (total: string, ...parts: string[]) => ({
  id: total,
  kind: 'sum' as const,
  left: [total],
  right: parts,
});

export const equal = (a: string, b: string) => ({ id: `${a}=${b}`, left: [a], right: [b] });

/** A change over what there was before it: `now` less the change. */
export const growthOf = (growth: string, change: string, now: string) => ({
  id: growth,
  kind: 'ratio' as const,
  ratio: growth,
  numerator: [change],
  denominator: [now, { variable: change, coefficient: -1 }],
});
