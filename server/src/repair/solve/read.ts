/** Reads a problem from what a JSON file holds; says where it is not one. */
import {
  ProblemError,
  type Grid,
  type LinearRelation,
  type Operand,
  type Problem,
  type RatioRelation,
  type Relation,
  type Variable,
} from './problem';

const MODES = ['nearest', 'truncated', 'exact'] as const;
const KINDS = ['sum', 'added', 'balance', 'equal', 'ratio'] as const;
const COMPARATORS = ['=', '>=', '<='] as const;

/** Places of figures beyond this are no money. */
const MOST_DECIMALS = 40;

/** @throws ProblemError */
export function readProblem(json: unknown): Problem {
  const at = object(json, 'problem');
  const mode = at.optional('mode', oneOf(MODES));
  const width = at.optional('width', natural);
  const grids = at.optional('grids', listOf(grid));
  return {
    variables: listOf(variable)(at.value('variables'), 'variables'),
    relations: listOf(relation)(at.value('relations'), 'relations'),
    ...(mode !== undefined && { mode }),
    ...(width !== undefined && { width }),
    ...(grids !== undefined && { grids }),
  };
}

type Read<T> = (value: unknown, where: string) => T;

function fail(where: string, wanted: string): never {
  throw new ProblemError(`${where}: ${wanted} is wanted`);
}

function object(json: unknown, where: string) {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail(where, 'an object');
  const members = new Map(Object.entries(json));
  return {
    value: (key: string): unknown => members.get(key),
    required: <T>(key: string, read: Read<T>): T => read(members.get(key), `${where}.${key}`),
    optional: <T>(key: string, read: Read<T>): T | undefined =>
      members.has(key) ? read(members.get(key), `${where}.${key}`) : undefined,
  };
}

const text: Read<string> = (value, where) =>
  typeof value === 'string' ? value : fail(where, 'a string');

const flag: Read<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : fail(where, 'true or false');

const whole: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MOST_DECIMALS
    ? value
    : fail(where, `a whole number up to ${MOST_DECIMALS}`);

const natural: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(where, 'a whole number not below 0');

const positive: Read<number> = (value, where) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0
    ? value
    : fail(where, 'a number above 0');

/** A figure: a string keeps its zeros, a number is what JSON makes of it. */
const figure: Read<string | number> = (value, where) =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
    ? value
    : fail(where, 'a number or a string');

function listOf<T>(read: Read<T>): Read<T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => read(item, `${where}[${index}]`))
      : fail(where, 'a list');
}

function oneOf<T extends string>(allowed: readonly T[]): Read<T> {
  return (value, where) =>
    allowed.find((name) => name === value) ?? fail(where, `one of ${allowed.join(', ')}`);
}

const variable: Read<Variable> = (json, where) => {
  const at = object(json, where);
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
  const at = object(json, where);
  const constant = at.optional('constant', figure);
  if (constant !== undefined) return { constant };
  const coefficient = at.optional('coefficient', figure);
  const named = at.required('variable', text);
  return coefficient === undefined ? named : { variable: named, coefficient };
};

const relation: Read<Relation> = (json, where) => {
  const at = object(json, where);
  const kind = at.optional('kind', oneOf(KINDS));
  const conditions = at.optional('conditions', listOf(text));
  const id = at.required('id', text);
  const common = { id, ...(conditions !== undefined && { conditions }) };
  if (kind === 'ratio') {
    const ratio: RatioRelation = {
      ...common,
      kind,
      ratio: at.required('ratio', text),
      numerator: at.required('numerator', listOf(operand)),
      denominator: at.required('denominator', listOf(operand)),
    };
    return ratio;
  }
  const comparator = at.optional('comparator', oneOf(COMPARATORS));
  const linear: LinearRelation = {
    ...common,
    ...(kind !== undefined && { kind }),
    left: at.required('left', listOf(operand)),
    ...(comparator !== undefined && { comparator }),
    right: at.required('right', listOf(operand)),
    ...(at.optional('open', flag) === true && { open: true }),
  };
  return linear;
};

const row: Read<Grid['rows'][number]> = (json, where) => {
  const at = object(json, where);
  const cell: Read<string | null> = (value, place) => (value === null ? null : text(value, place));
  return {
    id: at.required('id', text),
    cells: at.required('cells', listOf(cell)),
    ...(at.optional('absent', flag) === true && { absent: true }),
  };
};

const grid: Read<Grid> = (json, where) => {
  const at = object(json, where);
  const table = at.optional('table', text);
  return {
    id: at.required('id', text),
    ...(table !== undefined && { table }),
    ...(at.optional('closed', flag) === true && { closed: true }),
    rows: at.required('rows', listOf(row)),
  };
};
