import type { Problem, ProblemFix } from '../disclosure/model';
import { rewrite } from '../disclosure/writing';
import type { CatalogEntry } from './catalog';
import type { Level } from './data';
import { isShownIn, judgeName } from './judge';
import { plainName, stretchesOf } from './names';
import { codeFix, type Around } from './nearestCodes';
import type { CodePlace, PrintedName } from './places';

/** The names printed beside a code against the catalog: its own, and those of the levels above. */
export function nameProblems(
  place: CodePlace,
  entry: CatalogEntry | undefined,
  around: Around,
  year: number | undefined,
): Problem[] {
  if (place.printed.length === 0) return [];
  return place.printed.flatMap((printed) => {
    const names = printed.length === 1 ? levelsIn(printed[0]!, place, around, year) : printed;
    const own = names.at(-1);
    if (!own) return [];
    const above = parentsOf(place, names, around).flatMap(([name, parent]) =>
      parentProblem({ place, printed: name, parent, own, entry, around, year }),
    );
    const isRest = names.length > 1 && own.level === undefined && names[0]!.level !== undefined;
    // What follows the names of the levels may be the rest of a sentence.
    if (!entry || (isRest && !isKnown(own, place, around))) return above;
    return [...above, ...ownProblem(place, own, entry, around, year)];
  });
}

const isKnown = ({ text }: PrintedName, { classification }: CodePlace, { catalog }: Around) =>
  catalog.named(text, classification).length > 0;

/**
 * The names of a text without marks that prints several levels one behind the other. None where it begins
 * with a level above and cannot be told apart: nothing is said of what is not understood.
 */
function levelsIn(
  printed: PrintedName,
  { code, classification }: CodePlace,
  { catalog }: Around,
  year: number | undefined,
): PrintedName[] {
  const { text, start } = printed;
  const path = catalog.pathOf(code, classification);
  const own = path.find((entry) => entry.code === code);
  const is = (name: string, entry: CatalogEntry | undefined) =>
    entry !== undefined && judgeName({ text: name }, entry, year).kind !== 'other';
  if (is(text, own)) return [printed];
  const parts = stretchesOf(text);
  const above = path.filter((entry) => entry !== own);
  if (start !== undefined && parts.length === levelCount(code) && parts.length > 1) {
    const [first] = parts;
    if (is(first!.text, above[0])) {
      return parts.map(({ text: name, range }) => {
        const from = start + range.start;
        return { text: name, start: from, at: { start: from, end: from + name.length } };
      });
    }
  }
  const plain = plainName(text);
  const isOther = catalog.named(text, classification).length > 0;
  const isPath = above.some((entry) => isFollowed(plain, text, entry, path));
  return plain === '' || (isPath && !isOther) ? [] : [printed];
}

/** Whether a text begins with the name of a subject and goes on with what is below it. */
function isFollowed(
  plain: string,
  text: string,
  entry: CatalogEntry,
  path: readonly CatalogEntry[],
): boolean {
  const begun = namesOf(entry).find((name) => plain.startsWith(name) && plain !== name);
  if (begun === undefined) return false;
  const rest = plain.slice(begun.length);
  const others = path.filter((other) => other !== entry);
  return (
    /^[类款、,;:—–/>›→-]/u.test(rest) ||
    /^\s/.test(text.slice(begun.length)) ||
    others.some((other) => namesOf(other).some((name) => rest.includes(name)))
  );
}

const namesOf = ({ name, aliases }: CatalogEntry) =>
  [name, ...aliases.map((alias) => alias.name)].map(plainName);

const levelCount = (code: string) => (code.length - 1) / 2;

const LEVELS: readonly (Level | undefined)[] = ['类', '款', '项'];

/** Names of the levels above: by their marks, else where as many are printed as there are levels. */
function parentsOf(
  { code, classification }: CodePlace,
  names: readonly PrintedName[],
  { catalog }: Around,
): [PrintedName, CatalogEntry][] {
  const isWhole = names.length === levelCount(code);
  return names.slice(0, -1).flatMap((printed, index): [PrintedName, CatalogEntry][] => {
    const level = printed.level ? LEVELS.indexOf(printed.level) : isWhole ? index : -1;
    const length = 3 + 2 * level;
    if (level < 0 || length >= code.length) return [];
    const parent = catalog.lookup(code.slice(0, length), classification);
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
  if (judgeName(printed, parent, year).kind !== 'other') {
    return ownProblem(place, printed, parent, around, year);
  }
  const named = catalog
    .named(printed.text, place.classification)
    .filter((other) => other.level === parent.level);
  const [found] = named;
  const isKnownWell = [parent, found].some((subject) => subject?.status === 'documented');
  if (!found || named.length > 1 || !isKnownWell) {
    return ownProblem(place, printed, parent, around, year);
  }
  // Under the subject that is printed there may be one with the name that is printed for the code.
  const meant = catalog
    .named(own.text, place.classification)
    .filter(({ code, level }) => code.startsWith(found.code) && level === entry?.level);
  const isOwn = entry !== undefined && judgeName(own, entry, year).kind !== 'other';
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
        ...nameFix(printed, parent, isOwn && meant.length === 0),
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
  const judgement = judgeName(printed, entry, year);
  const { code, name, years = '' } = entry;
  const args = { code, name, printed: printed.text };
  const isShown = isShownIn(entry, year);
  // What documents of other years print was perhaps not yet, or no longer, the name.
  const doubt = entry.status === 'documented' ? { part: 'years', years: listOf(years) } : {};
  const recalled = (more: readonly ProblemFix[] = []): Problem => ({
    code: 'code.name-recalled',
    at: printed.at,
    args: { ...args, ...doubt },
    fixes: [...nameFix(printed, entry, false), ...more],
  });
  switch (judgement.kind) {
    case 'same':
      return [];
    case 'older': {
      const { until } = judgement.alias;
      // Of a name whose last year is not known, only what documents print now says that it is old.
      if (until === undefined && !isShown) return entry.status === 'documented' ? [] : [recalled()];
      const value = until?.toString() ?? '';
      const fixes = nameFix(printed, entry, true);
      return [{ code: 'code.name-older', at: printed.at, args: { ...args, value }, fixes }];
    }
    case 'form': {
      if (!isShown) return [recalled()];
      const fixes = nameFix(printed, entry, true);
      return [{ code: 'code.name-form', at: printed.at, args, fixes }];
    }
    case 'other': {
      const bearer = code === place.code ? bearerOf(place, printed, around) : undefined;
      const fixes = bearer && !around.isTaken(bearer.code) ? [codeFix(place, bearer, false)] : [];
      const value = bearer ? labelOf(bearer) : '';
      if (!isShown) {
        const problem = recalled(fixes);
        return [entry.status === 'documented' ? problem : withValue(problem, value)];
      }
      return [
        {
          code: 'code.name',
          at: printed.at,
          args: { ...args, value },
          fixes: [...nameFix(printed, entry, !bearer), ...fixes],
        },
      ];
    }
  }
}

const withValue = (problem: Problem, value: string): Problem => ({
  ...problem,
  args: { ...problem.args, value },
});

const listOf = (years: string) => years.split(' ').join('、');

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

/** Nothing where a part of a text cannot be told from the rest. */
function nameFix(
  { at, partial, text, behind = '' }: PrintedName,
  { name }: CatalogEntry,
  certain: boolean,
): ProblemFix[] {
  if (partial) return [];
  const args = { name };
  // 支出 stands behind the mark already.
  const newText =
    behind && name.endsWith(behind) && name !== text ? name.slice(0, -behind.length) : name;
  return 'kind' in at
    ? [{ ...rewrite(at, newText, certain), title: 'name', args }]
    : [{ title: 'name', args, edits: [{ at, newText }], certain }];
}

export const labelOf = ({ code, name }: CatalogEntry) => `${code} ${name}`;
