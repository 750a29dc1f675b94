import type { Plain } from './plain';
import type { Proposal } from './solve/proposal';
import type { Model } from './solve/model';
import type { SlipKind } from './solve/slips';
import type { Finding } from './solve/finding';

/** What tells, by digits alone, how a figure came about. */
const TOLD: ReadonlySet<SlipKind> = new Set<SlipKind>([
  'digit',
  'transposed',
  'missing',
  'extra',
  'shift',
  'unit',
  'sign',
  'calculated',
  'base',
  'year',
]);

/**
 * Whether what several relations say of a figure is more than one of them says. Where cells are left to the
 * server the same sum comes back in every total above it: with figures that hold added, it is the same
 * witness again. Two witnesses have nothing in common but the figure they speak of; what the document itself
 * prints apart is apart.
 */
export function isWitnessed(
  { variable, values: [value] }: Proposal,
  { failing, groups }: Finding,
  plain: Plain,
  model: Model,
): boolean {
  const own = failing.filter((index) => {
    const { kind, variables } = model.relation(index);
    return kind !== 'ratio' && variables.includes(variable);
  });
  if (own.length < 2) return true;
  const isApart = (a: number, b: number) => {
    if (!plain.isComposed(a) && !plain.isComposed(b)) return true;
    const others = new Set(model.relation(a).variables);
    return model.relation(b).variables.every((other) => other === variable || !others.has(other));
  };
  if (own.some((a, at) => own.slice(at + 1).some((b) => isApart(a, b)))) return true;
  return groups.length === 0 && value !== undefined && TOLD.has(value.slip.kind);
}
