import { URI, Utils } from 'vscode-uri';
import { builtInCatalog } from '../catalog/catalog';
import { codesOf, codesOfText, type CodeSymbol } from '../service/workspaceSymbols';
import type { Analyses } from './analyses';
import type { OpenDocuments } from './documents';
import { isInside, type FileAccess, type Folders } from './files';
import type { Guard } from './guard';

/** The disclosures of the workspace: open ones as they are in the editor, the others as they are on disk. */
export class Workspace {
  private closed: Promise<ReadonlyMap<string, readonly CodeSymbol[]>> | undefined;

  constructor(
    private readonly documents: OpenDocuments,
    private readonly open: Analyses,
    private readonly files: FileAccess,
    private readonly folders: Folders,
    private readonly guard: Guard,
    /** Where nobody tells of changes nothing is kept. */
    private readonly isWatched: boolean,
  ) {}

  /** Subject codes by file. */
  async codes(): Promise<ReadonlyMap<string, readonly CodeSymbol[]>> {
    const all = new Map(await this.onDisk());
    if (!this.isWatched) this.changed();
    for (const uri of this.documents.keys()) {
      const analysis = this.open.of(uri)?.analysis;
      all.set(uri, analysis ? codesOf(analysis) : []);
    }
    return all;
  }

  /**
   * The first of some files that is there: paths from the folder of a document. Nothing outside the
   * folders of the workspace is looked at.
   */
  async firstBeside(document: string, paths: readonly string[]): Promise<string | undefined> {
    const base = Utils.dirname(URI.parse(document));
    const names = new Map<string, Promise<readonly string[]>>();
    for (const path of paths) {
      const file = Utils.resolvePath(base, path);
      const parent = Utils.dirname(file).toString();
      if (!this.folders.all.some((folder) => isInside(file.toString(), folder))) continue;
      const listed = names.get(parent) ?? this.files.list(parent, this.folders.all);
      names.set(parent, listed);
      if ((await listed).includes(Utils.basename(file))) return file.toString();
    }
    return undefined;
  }

  /** Something on disk is not what it was. */
  changed(): void {
    this.closed = undefined;
  }

  private onDisk(): Promise<ReadonlyMap<string, readonly CodeSymbol[]>> {
    this.closed ??= this.readAll().catch((error: unknown) => {
      this.guard.report('files of the workspace', error);
      return new Map<string, readonly CodeSymbol[]>();
    });
    return this.closed;
  }

  private async readAll(): Promise<Map<string, readonly CodeSymbol[]>> {
    const all = new Map<string, readonly CodeSymbol[]>();
    for (const uri of await this.files.find(this.folders.all)) {
      if (this.documents.get(uri)) continue;
      const text = await this.files.read(uri, this.folders.all);
      if (text === undefined) continue;
      const { path } = URI.parse(uri);
      const read = () => codesOfText({ path, text }, builtInCatalog);
      all.set(uri, this.guard.run(`subjects of ${uri}`, [], read));
    }
    return all;
  }
}
