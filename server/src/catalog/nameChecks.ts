import type { Problem, ProblemFix } from '../disclosure/model';
import { rewrite } from '../disclosure/writing';
import type { CatalogEntry } from './catalog';
import { judgeName } from './judge';
import { plainName } from './names';
import { codeFix, type Around } from './nearestCodes';
import type { CodePlace, PrintedName } from './places';

/** The names printed beside a code against the catalog: its own, and those of the levels above. */
export function nameProblems(
  place: CodePlace,
  entry: CatalogEntry | undefined,
  around: Around,
  year: number | undefined,
): Problem[] {
  return place.printed.flatMap((names) => {
    const own = names.at(-1)!;
    const above = parentsOf(place, names, around).flatMap(([printed, parent]) =>
      parentProblem({ place, printed, parent, own, entry, around, year }),
    );
    return [...above, ...(entry ? ownProblem(place, own, entry, around, year) : [])];
  });
}

/** Names of the levels above, where as many are printed as there are levels. */
function parentsOf(
  { code, classification }: CodePlace,
  names: readonly PrintedName[],
  { catalog }: Around,
): [PrintedName, CatalogEntry][] {
  if (names.length !== (code.length - 1) / 2) return [];
  return names.slice(0, -1).flatMap((printed, level): [PrintedName, CatalogEntry][] => {
    const parent = catalog.lookup(code.slice(0, 3 + 2 * level), classification);
    return parent ? [[printed, parent]] : [];
  });
}

interface Parent {
  readonly place: CodePlace;
  readonly printed: PrintedName;
  /** What the code says. */
  readonly parent: CatalogEntry;
  readonly own: PrintedName;
  readonly entry: CatalogEntry | undefined;
  readonly around: Around;
  readonly year: number | undefined;
}

/** A level above under whose name another subject is known: the code, or the name, is of another one. */
function parentProblem({ place, printed, parent, own, entry, around, year }: Parent): Problem[] {
  const { catalog } = around;
  if (judgeName(printed.text, parent, year).kind !== 'other') {
    return ownProblem(place, printed, parent, around, year);
  }
  const named = catalog
    .named(printed.text, place.classification)
    .filter((other) => other.level === parent.level);
  const [found] = named;
  const isKnown = [parent, found].some((subject) => subject?.status === 'documented');
  if (!found || named.length > 1 || !isKnown) {
    return ownProblem(place, printed, parent, around, year);
  }
  // Under the subject that is printed there may be one with the name that is printed for the code.
  const meant = catalog
    .named(own.text, place.classification)
    .filter(({ code, level }) => code.startsWith(found.code) && level === entry?.level);
  const isOwn = entry !== undefined && judgeName(own.text, entry, year).kind !== 'other';
  return [
    {
      code: 'code.parent',
      at: printed.at,
      args: {
        code: place.code,
        name: entry?.name ?? '',
        level: parent.level,
        parent: labelOf(parent),
        found: labelOf(found),
      },
      fixes: [
        nameFix(printed, parent, isOwn && meant.length === 0),
        ...meant
          .filter(({ code }) => !around.isTaken(code))
          .map((other) => codeFix(place, other, false)),
      ],
    },
  ];
}

function ownProblem(
  place: CodePlace,
  printed: PrintedName,
  entry: CatalogEntry,
  around: Around,
  year: number | undefined,
): Problem[] {
  const judgement = judgeName(printed.text, entry, year);
  const { code, name, status } = entry;
  const args = { code, name, printed: printed.text };
  switch (judgement.kind) {
    case 'same':
      return [];
    case 'older': {
      const { until } = judgement.alias;
      const value = until?.toString() ?? '';
      const fixes = [nameFix(printed, entry, true)];
      return [{ code: 'code.name-older', at: printed.at, args: { ...args, value }, fixes }];
    }
    case 'form':
      return [
        {
          code: status === 'documented' ? 'code.name-form' : 'code.name-recalled',
          at: printed.at,
          args,
          fixes: [nameFix(printed, entry, status === 'documented')],
        },
      ];
    case 'other': {
      const bearer = code === place.code ? bearerOf(place, printed, around) : undefined;
      return [
        {
          code: status === 'documented' ? 'code.name' : 'code.name-recalled',
          at: printed.at,
          args: { ...args, value: bearer ? labelOf(bearer) : '' },
          fixes: [
            nameFix(printed, entry, !bearer && status === 'documented'),
            ...(bearer && !around.isTaken(bearer.code) ? [codeFix(place, bearer, false)] : []),
          ],
        },
      ];
    }
  }
}

/** The subject that does have the printed name, of the same level or above, if only one comes into question. */
function bearerOf(
  { code, classification }: CodePlace,
  { text }: PrintedName,
  { catalog }: Around,
): CatalogEntry | undefined {
  const named = catalog
    .named(text, classification)
    .filter((other) => plainName(other.name) === plainName(text));
  const peers = named.filter((other) => other.code.length === code.length);
  const siblings = peers.filter((other) => other.code.startsWith(code.slice(0, -2)));
  const above = named.filter((other) => code.startsWith(other.code));
  const [only, ...more] = siblings.length > 0 ? siblings : above.length > 0 ? above : peers;
  return more.length === 0 ? only : undefined;
}

function nameFix({ at }: PrintedName, { name }: CatalogEntry, certain: boolean): ProblemFix {
  const args = { name };
  return 'kind' in at
    ? { ...rewrite(at, name, certain), title: 'name', args }
    : { title: 'name', args, edits: [{ at, newText: name }], certain };
}

export const labelOf = ({ code, name }: CatalogEntry) => `${code} ${name}`;
