/** Reads a problem from what a JSON file holds; says where it is not one. */
import {
  ProblemError,
  type Complaint,
  type Grid,
  type LinearRelation,
  type Operand,
  type Problem,
  type RatioRelation,
  type Relation,
  type Variable,
} from './problem';

const MODES = ['nearest', 'truncated', 'exact'] as const;
const KINDS = ['sum', 'added', 'balance', 'equal'] as const;
const COMPARATORS = ['=', '>=', '<='] as const;

/** Places of figures beyond this are no money. */
const MOST_DECIMALS = 40;

/** @throws ProblemError */
export function readProblem(json: unknown): Problem {
  const at = object(json, 'problem', [
    'mode',
    'width',
    'negative',
    'variables',
    'relations',
    'grids',
  ]);
  const mode = at.optional('mode', oneOf(MODES));
  const width = at.optional('width', natural);
  const negative = at.optional('negative', (value, where) =>
    value === 0 ? value : positive(value, where),
  );
  const grids = at.optional('grids', listOf(grid));
  const variables = listOf(variable)(at.value('variables'), 'variables');
  checkNames(variables, grids ?? []);
  return {
    variables,
    relations: listOf(relation)(at.value('relations'), 'relations'),
    ...(mode !== undefined && { mode }),
    ...(width !== undefined && { width }),
    ...(negative !== undefined && { negative }),
    ...(grids !== undefined && { grids }),
  };
}

/** What is said beside the relations names variables too; the model passes over what is not there. */
function checkNames(variables: readonly Variable[], grids: readonly Grid[]): void {
  const known = new Set(variables.map(({ id }) => id));
  const check = (where: string, named: readonly (string | null)[] = []) => {
    for (const id of named) if (id !== null && !known.has(id)) fail(where, 'absent', { id });
  };
  for (const { id, repeats, neighbours, namesakes } of variables) {
    check(id, repeats);
    check(id, neighbours);
    check(id, namesakes);
  }
  for (const { id, rows } of grids) for (const { cells } of rows) check(id, cells);
}

type Read<T> = (value: unknown, where: string) => T;

function fail(
  where: string,
  complaint: Complaint,
  details: Readonly<Record<string, string | number>> = {},
): never {
  throw new ProblemError(complaint, { where, ...details });
}

/** A member that is not known may be one that is misspelt: what it was to say would be passed over. */
function object<Key extends string>(json: unknown, where: string, keys: readonly Key[]) {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail(where, 'no-object');
  const members = new Map(Object.entries(json));
  const known: readonly string[] = keys;
  for (const key of members.keys()) {
    if (!known.includes(key)) fail(`${where}.${key}`, 'no-choice', { known: keys.join(', ') });
  }
  return {
    value: (key: Key): unknown => members.get(key),
    required: <T>(key: Key, read: Read<T>): T => read(members.get(key), `${where}.${key}`),
    optional: <T>(key: Key, read: Read<T>): T | undefined =>
      members.has(key) ? read(members.get(key), `${where}.${key}`) : undefined,
  };
}

const text: Read<string> = (value, where) =>
  typeof value === 'string' ? value : fail(where, 'no-string');

const flag: Read<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : fail(where, 'no-flag');

const whole: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MOST_DECIMALS
    ? value
    : fail(where, 'no-whole', { most: MOST_DECIMALS });

const natural: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(where, 'no-natural');

const positive: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0
    ? value
    : fail(where, 'no-positive');

/** A figure: a string keeps its zeros, a number is what JSON makes of it. */
const figure: Read<string | number> = (value, where) =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
    ? value
    : fail(where, 'no-figure');

function listOf<T>(read: Read<T>): Read<T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => read(item, `${where}[${index}]`))
      : fail(where, 'no-list');
}

function oneOf<T extends string>(
  allowed: readonly T[],
  named: readonly string[] = allowed,
): Read<T> {
  return (value, where) =>
    allowed.find((name) => name === value) ?? fail(where, 'no-choice', { known: named.join(', ') });
}

const VARIABLE = [
  'id',
  'printed',
  'unit',
  'decimals',
  'width',
  'fixed',
  'unprovable',
  'weight',
  'repeats',
  'neighbours',
  'namesakes',
] as const;

const variable: Read<Variable> = (json, where) => {
  const at = object(json, where, VARIABLE);
  const unit = at.optional('unit', whole);
  const decimals = at.optional('decimals', whole);
  const width = at.optional('width', natural);
  const weight = at.optional('weight', positive);
  const repeats = at.optional('repeats', listOf(text));
  const neighbours = at.optional('neighbours', listOf(text));
  const namesakes = at.optional('namesakes', listOf(text));
  return {
    id: at.required('id', text),
    printed: String(at.required('printed', figure)),
    ...(unit !== undefined && { unit }),
    ...(decimals !== undefined && { decimals }),
    ...(width !== undefined && { width }),
    ...(at.optional('fixed', flag) === true && { fixed: true }),
    ...(at.optional('unprovable', flag) === true && { unprovable: true }),
    ...(weight !== undefined && { weight }),
    ...(repeats !== undefined && { repeats }),
    ...(neighbours !== undefined && { neighbours }),
    ...(namesakes !== undefined && { namesakes }),
  };
};

const operand: Read<Operand> = (json, where) => {
  if (typeof json === 'string') return json;
  if (typeof json === 'object' && json !== null && 'constant' in json) {
    return { constant: object(json, where, ['constant']).required('constant', figure) };
  }
  const at = object(json, where, ['variable', 'coefficient']);
  const coefficient = at.optional('coefficient', figure);
  const named = at.required('variable', text);
  return coefficient === undefined ? named : { variable: named, coefficient };
};

const RATIO = ['id', 'kind', 'ratio', 'numerator', 'denominator', 'conditions'] as const;
const LINEAR = ['id', 'kind', 'left', 'comparator', 'right', 'open', 'conditions'] as const;

const relation: Read<Relation> = (json, where) => {
  const isRatio =
    typeof json === 'object' && json !== null && 'kind' in json && json.kind === 'ratio';
  return isRatio ? ratio(json, where) : linear(json, where);
};

const ratio: Read<RatioRelation> = (json, where) => {
  const at = object(json, where, RATIO);
  const conditions = at.optional('conditions', listOf(text));
  return {
    id: at.required('id', text),
    kind: 'ratio',
    ratio: at.required('ratio', text),
    numerator: at.required('numerator', listOf(operand)),
    denominator: at.required('denominator', listOf(operand)),
    ...(conditions !== undefined && { conditions }),
  };
};

const linear: Read<LinearRelation> = (json, where) => {
  const at = object(json, where, LINEAR);
  const kind = at.optional('kind', oneOf(KINDS, [...KINDS, 'ratio']));
  const comparator = at.optional('comparator', oneOf(COMPARATORS));
  const conditions = at.optional('conditions', listOf(text));
  return {
    id: at.required('id', text),
    ...(kind !== undefined && { kind }),
    left: at.required('left', listOf(operand)),
    ...(comparator !== undefined && { comparator }),
    right: at.required('right', listOf(operand)),
    ...(at.optional('open', flag) === true && { open: true }),
    ...(conditions !== undefined && { conditions }),
  };
};

const row: Read<Grid['rows'][number]> = (json, where) => {
  const at = object(json, where, ['id', 'cells', 'absent']);
  const cell: Read<string | null> = (value, place) => (value === null ? null : text(value, place));
  return {
    id: at.required('id', text),
    cells: at.required('cells', listOf(cell)),
    ...(at.optional('absent', flag) === true && { absent: true }),
  };
};

const grid: Read<Grid> = (json, where) => {
  const at = object(json, where, ['id', 'table', 'closed', 'rows']);
  const table = at.optional('table', text);
  return {
    id: at.required('id', text),
    ...(table !== undefined && { table }),
    ...(at.optional('closed', flag) === true && { closed: true }),
    rows: at.required('rows', listOf(row)),
  };
};
