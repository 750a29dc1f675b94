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
