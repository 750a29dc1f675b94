import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { PackFile } from '../relations/packFile';
import { builtInRulebook, readRulebook, type Rulebook } from '../relations/rulebook';
import { DEFAULT_PACKS, namesMatching, patternOf } from '../service/filePattern';
import { packMessage, type Locale } from '../service/messages';
import { LineIndex, type LineRange } from '../syntax/lines';

/** What the report says of a pack. */
export interface PackReport {
  readonly path: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: 'error' | 'warning';
    readonly range: LineRange;
    readonly message: string;
  }[];
}

/** The rules for each file: the packs that were named or, without any, those of the folder it lies in. */
export class Packs {
  private readonly byFolder = new Map<string, Promise<Rulebook>>();
  private readonly rulebooks = new Map<string, Rulebook>();
  private readonly reported = new Map<string, PackReport>();
  /** Packs that were named and cannot be read, with the reason. */
  readonly unreadable: { readonly path: string; readonly message: string }[] = [];

  constructor(
    private readonly named: readonly string[],
    private readonly locale: Locale,
  ) {}

  of(file: string): Promise<Rulebook> {
    const folder = this.named.length > 0 ? '' : dirname(resolve(file));
    let rulebook = this.byFolder.get(folder);
    if (!rulebook) {
      rulebook = (folder === '' ? Promise.resolve(this.named) : packsAbove(folder)).then((paths) =>
        this.read(paths),
      );
      this.byFolder.set(folder, rulebook);
    }
    return rulebook;
  }

  /** Every pack that was used, each once. */
  get reports(): readonly PackReport[] {
    return [...this.reported.values()];
  }

  private async read(paths: readonly string[]): Promise<Rulebook> {
    const key = JSON.stringify(paths);
    const known = this.rulebooks.get(key);
    if (known) return known;
    const files = await Promise.all(paths.map((path) => this.readFile(path)));
    const packs = files.flatMap((file) => file ?? []);
    if (packs.length === 0) return builtInRulebook;
    const { rulebook, findings } = readRulebook(packs);
    this.rulebooks.set(key, rulebook);
    for (const { path, text } of packs) {
      const lines = new LineIndex(text);
      const list = (findings.get(path) ?? []).map((finding) => ({
        code: finding.code,
        severity: finding.severity,
        range: lines.range(finding.range),
        message: packMessage(this.locale, finding),
      }));
      this.reported.set(path, { path, findings: list });
    }
    return rulebook;
  }

  private async readFile(path: string): Promise<PackFile | undefined> {
    try {
      return { path, text: await readFile(path, 'utf8') };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.unreadable.push({ path, message });
      return undefined;
    }
  }
}

/** The packs of the nearest folder above that has some; as the editor takes them from its workspace folder. */
async function packsAbove(folder: string): Promise<readonly string[]> {
  for (let at = folder; ; at = dirname(at)) {
    const found = (await Promise.all(DEFAULT_PACKS.map((pattern) => packsIn(at, pattern)))).flat();
    if (found.length > 0 || dirname(at) === at) return found;
  }
}

async function packsIn(root: string, path: string): Promise<string[]> {
  const { folder, name } = patternOf(path);
  const inside = join(root, folder);
  const entries = await readdir(inside, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const real = await realpath(root);
  const paths = namesMatching(name, names).map((file) => join(inside, file));
  const targets = await Promise.all(paths.map((file) => realpath(file).catch(() => '')));
  // Links that lead out of the folder are not followed.
  return paths.filter((_, index) =>
    targets[index]!.startsWith(real.endsWith(sep) ? real : real + sep),
  );
}
