import type { Problem } from '../disclosure/model';
import type { Cause } from '../repair/cause';

/** What is said of codes, but of those that the figures have shown to be wrong: there that is told. */
export function withoutMiscoded(problems: readonly Problem[], causes: readonly Cause[]): Problem[] {
  const groups = causes.flatMap((cause) => cause.groups.filter(({ kind }) => kind === 'miscoded'));
  if (groups.length === 0) return [...problems];
  const places = new Set<unknown>(groups.flatMap((group) => group.places ?? []));
  const codes = new Set(groups.map(({ row }) => row));
  const isOut = ({ code, at, args }: Problem) =>
    OF_CODES.has(code) &&
    (places.has(at) ||
      (code === 'code.order' && Object.values(args).some((arg) => codes.has(arg))));
  return problems.filter((problem) => !isOut(problem));
}

const OF_CODES: ReadonlySet<string> = new Set([
  'code.orphan',
  'code.order',
  'code.unknown',
  'code.meant',
  'code.classification',
]);
