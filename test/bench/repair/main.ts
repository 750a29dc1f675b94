/** `npm run bench -- repair`: how often the wrong cell and its right value are found, and how fast. */
import { parseArgs } from 'node:util';
import { isNonZero } from '../../../server/src/disclosure/model';
import { analyzeText } from '../../support/examples';
import { seeded } from '../../support/random';
import { examples, spoil, synthetic, syntheticOf, type Spoiled, type Subject } from './documents';
import { SLIPS, STRUCTURAL, type Site } from './errors';
import type { Layout, Mode } from './print';
import { load } from './highs';
import { measure, type Measured } from './measure';
import type { Random } from './model';

type Program = Awaited<ReturnType<typeof load>>;

interface Setting {
  readonly name: string;
  readonly kinds: readonly (Layout | 'real')[];
  readonly spoiled: (subject: Subject, random: Random) => Spoiled | undefined;
}

const MODES = ['nearest', 'truncated', 'exact'] as const;
const LAYOUTS = ['national', 'shanghai'] as const;

/** Cells in two or more equalities that say something: what the exact set can be asked for. */
function boundSites({ text, path }: Subject): (site: Site) => boolean {
  const { network } = analyzeText(text, path);
  const counts = new Map<string, number>();
  for (const { relation, outcome } of network!.evaluations) {
    if (relation.comparator !== 'eq' || outcome === 'empty') continue;
    for (const { cell } of [...relation.left, ...relation.right]) {
      if (isNonZero(cell)) counts.set(cell.id, (counts.get(cell.id) ?? 0) + 1);
    }
  }
  return ({ id }) => (counts.get(id) ?? 0) >= 2;
}

const ALL = [...LAYOUTS, 'real'] as const;

const settings: Setting[] = [
  {
    name: '1 error, any cell',
    kinds: ALL,
    spoiled: (s, random) => spoil(s, 1, () => true, SLIPS, random),
  },
  ...[1, 2, 3, 5].map((count) => ({
    name: `${count} error${count > 1 ? 's' : ''}, cells in ≥ 2 relations`,
    kinds: ALL,
    spoiled: (s: Subject, random: Random) => spoil(s, count, boundSites(s), SLIPS, random),
  })),
  ...STRUCTURAL.map((name) => ({
    name,
    // Of the published documents only single figures are changed.
    kinds: name === 'swapped-rows' ? ALL : LAYOUTS,
    spoiled: (s: Subject, random: Random) => s.structural(name, random),
  })),
];

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : ((100 * part) / whole).toFixed(1);

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      documents: { type: 'string', default: '600' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      cells: { type: 'string' },
      highs: { type: 'string', default: '5' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const perSetting = Math.ceil(Number(values.documents) / settings.length);
  const only = values.only.split(',');
  const real = examples();
  const highs = await load();
  let documents = 0;
  let unmade = 0;
  let wrong = 0;
  const searches: number[] = [];
  const head = [
    'setting',
    'layout',
    'docs',
    'detected',
    'exact',
    'among',
    'value',
    'certain',
    'wrong',
    'likely',
    'right',
    'median',
    'p99',
    'total',
    'HiGHS exact',
    'HiGHS median',
  ];
  console.log(head.join('\t'));
  warmUp(real);
  // Of one size the published documents are not: they are left out.
  const document = (layout: Layout, mode: Mode, random: Random) =>
    values.cells
      ? syntheticOf(Number(values.cells), layout, mode, random)
      : synthetic(layout, mode, random);
  for (const setting of settings.filter(({ name }) => only.some((part) => name.includes(part)))) {
    const kinds = setting.kinds.filter((kind) => kind !== 'real' || !values.cells);
    for (const layout of kinds) {
      const measured: Measured[] = [];
      const programs: { readonly exact: boolean; readonly time: number }[] = [];
      const share = layout === 'real' ? 0.2 : kinds.length === 2 ? 0.5 : 0.4;
      for (let n = 0; n < Math.ceil(perSetting * share); n++) {
        const random = seeded(hash(`${values.seed} ${setting.name} ${layout} ${n}`));
        const subject =
          layout === 'real'
            ? real[n % real.length]!
            : document(layout, MODES[n % MODES.length]!, random);
        const spoiled = retry(() => setting.spoiled(subject, random));
        if (!spoiled) {
          unmade++;
          continue;
        }
        const m = measure(spoiled);
        measured.push(m);
        if (programs.length < Number(values.highs)) programs.push(askHighs(highs, m, spoiled));
        if (m.wrong.length > 0 && values.verbose) {
          console.log(
            '  wrong:',
            n,
            m.wrong.join('; '),
            'truth:',
            [...spoiled.truth].slice(0, 6).join('; '),
          );
        }
      }
      if (measured.length === 0) continue;
      documents += measured.length;
      searches.push(...measured.map(({ search }) => search));
      wrong += measured.filter((m) => m.wrong.length > 0).length;
      console.log([setting.name, layout, ...line(measured), ...programLine(programs)].join('\t'));
    }
  }
  console.log(`${documents} documents, something certain wrong in ${wrong}`);
  console.log(`of all: median ${quantile(searches, 0.5)} ms, p99 ${quantile(searches, 0.99)} ms`);
  if (unmade > 0) console.log(`${unmade} more were not spoiled: the mistake is impossible in them`);
}

/** Lets the compiler do its work before anything is measured. */
function warmUp(subjects: readonly Subject[]): void {
  const random = seeded(7);
  for (let n = 0; n < 120; n++) {
    const spoiled = spoil(subjects[n % subjects.length]!, 1 + (n % 5), () => true, SLIPS, random);
    if (spoiled) measure(spoiled);
  }
}

function line(all: readonly Measured[]): (string | number)[] {
  const found = all.filter(({ detected }) => detected);
  const count = (of: (m: Measured) => boolean) => found.filter(of).length;
  const sum = (of: (m: Measured) => number) => all.reduce((s, m) => s + of(m), 0);
  const exact = count(({ exact }) => exact);
  return [
    all.length,
    percent(found.length, all.length),
    percent(exact, found.length),
    percent(
      count(({ among }) => among),
      found.length,
    ),
    percent(
      count(({ values }) => values),
      exact,
    ),
    sum(({ certain }) => certain),
    sum(({ wrong }) => wrong.length),
    sum(({ likely }) => likely),
    percent(
      sum(({ likelyRight }) => likelyRight),
      sum(({ likely }) => likely),
    ),
    quantile(
      all.map(({ search }) => search),
      0.5,
    ),
    quantile(
      all.map(({ search }) => search),
      0.99,
    ),
    quantile(
      all.map(({ total }) => total),
      0.5,
    ),
  ];
}

function askHighs(highs: Program, { model }: Measured, { truth }: Spoiled) {
  const answer = highs(model);
  const changed = answer?.changed ?? new Set();
  const exact = changed.size === truth.size && [...truth.keys()].every((id) => changed.has(id));
  return { exact, time: answer?.time ?? 2000 };
}

function programLine(programs: readonly { readonly exact: boolean; readonly time: number }[]) {
  if (programs.length === 0) return ['–', '–'];
  const exact = programs.filter((program) => program.exact).length;
  return [
    percent(exact, programs.length),
    quantile(
      programs.map(({ time }) => time),
      0.5,
    ),
  ];
}

function quantile(values: readonly number[], q: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!.toFixed(2);
}

function retry<T>(attempt: () => T | undefined): T | undefined {
  for (let tries = 0; tries < 20; tries++) {
    const result = attempt();
    if (result !== undefined) return result;
  }
  return undefined;
}

/** A seed from a name: the same documents in every run. */
function hash(text: string): number {
  let h = 2166136261;
  for (const char of text) h = Math.imul(h ^ char.codePointAt(0)!, 16777619);
  return h | 0;
}
