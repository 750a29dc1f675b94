import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  type Connection,
  type InitializeParams,
  type Range,
  type ShowMessageParams,
} from 'vscode-languageserver';
import { rehearse } from '../service/rehearsal';
import { statusOf } from '../service/status';
import { Analyses } from './analyses';
import { clientFeatures, serverCapabilities } from './capabilities';
import { CatalogStore } from './catalogs';
import { ClosedFiles } from './closedFiles';
import { clientDiagnostics } from './diagnostics';
import { openDocuments } from './documents';
import { registerFeatures } from './features';
import { clientFiles, Folders, noFiles } from './files';
import { Guard } from './guard';
import { localeOf } from './locale';
import type { FileReport } from './namedFiles';
import { PackStore } from './packs';
import { STATUS_NOTIFICATION, type InitializationOptions, type StatusParams } from './protocol';
import { Rehearsal } from './rehearsal';
import { RulePages } from './rulePages';
import { Pauses, Precedence, Scheduler, type Host } from './scheduling';
import { ConfigurationStore, readConfiguration } from './settings';
import { Workspace } from './workspace';
import { answerWorkspaceDiagnostics, ClosedFilePublisher } from './workspaceDiagnostics';

/** Serves one client over a connection, on whatever host. */
export function startServer(connection: Connection, host: Host): void {
  const guard = new Guard((line) => {
    connection.console.error(line);
  });
  connection.onInitialize((params) => {
    const client = clientFeatures(params.capabilities);
    serve(connection, host, guard, params);
    return serverCapabilities(client);
  });
  connection.listen();
}

function serve(connection: Connection, host: Host, guard: Guard, params: InitializeParams): void {
  const client = clientFeatures(params.capabilities);
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const documents = openDocuments();
  const configurations = new ConfigurationStore(
    client.configuration
      ? (scopeUri) =>
          connection.workspace.getConfiguration({ scopeUri, section: 'gouji' }) as Promise<unknown>
      : undefined,
    readConfiguration(options.settings),
    (error) => {
      guard.report('workspace/configuration', error);
    },
    async (uri, configuration) => {
      await Promise.all([packs.prepare(uri, configuration), catalogs.prepare(uri, configuration)]);
    },
  );
  const locale = localeOf(options.locale ?? params.locale);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older clients send no folders
  const folders = new Folders(params.workspaceFolders, params.rootUri);
  const files = options.files === true ? clientFiles(connection) : (host.files ?? noFiles);
  const packs = new PackStore(files, folders, reportOf(connection, guard), locale);
  const catalogs = new CatalogStore(files, folders, reportOf(connection, guard), locale);
  const analyses = new Analyses(documents, configurations, locale, guard, packs, catalogs);
  const pages = new RulePages(options.rulePages ?? host.rulePages);
  const scheduler = new Scheduler(host, publish);
  const pauses = new Pauses(
    (uri) => guard.run(`preparing ${uri}`, false, () => documents.get(uri)?.prepare()) === true,
  );
  const precedence = new Precedence(host);
  const rehearsal = new Rehearsal(precedence, guard, rehearse());
  const workspace = new Workspace(documents, analyses, files, folders, guard, client.watchFiles);
  const closed = new ClosedFiles(
    ...([documents, files, folders, precedence, guard] as const),
    async (folder) => {
      // What holds in a folder holds for its files.
      const scope = `${folder}/`;
      await configurations.open(scope);
      const { settings, language, checkWorkspace } = configurations.of(scope);
      return {
        ...settings,
        rulebook: packs.of(scope),
        catalog: catalogs.of(scope),
        locale: language ?? locale,
        isChecked: checkWorkspace,
      };
    },
    (analysed) => clientDiagnostics(analysed, client, guard, pages),
    client.watchFiles,
  );
  const shell = { connection, closed, locale, hasProgress: client.progress };
  const publisher = client.pull ? undefined : new ClosedFilePublisher(shell, guard);
  if (client.pull) answerWorkspaceDiagnostics(shell);
  registerFeatures({
    ...{ connection, host, precedence, guard, client, analyses, configurations, pages, workspace },
    seen,
    ledgerCommand: options.ledgerCommand,
    selectCommand: options.selectCommand,
  });

  /** What was still being typed is told as what it is, when the cursor has left it or the file is saved. */
  function seen(uri: string, cursor?: Range): void {
    if (!documents.get(uri)?.leave(cursor)) return;
    scheduler.schedule(uri);
    if (client.pull && client.refresh) {
      guard.detach('refresh', connection.languages.diagnostics.refresh());
    }
  }

  /** Tells the client about the newest version; whether it asks for diagnostics or is sent them. */
  function publish(uri: string): void {
    // Its settings are still on the way, and bring a run of their own.
    if (!configurations.isReady(uri)) return;
    const analysed = analyses.of(uri);
    if (!analysed) return;
    const { version } = analysed;
    if (!client.pull) {
      // An editor that opens packs too must not be told that nothing is wrong with them.
      const diagnostics =
        packs.findingsOn(uri) ?? clientDiagnostics(analysed, client, guard, pages);
      guard.detach('diagnostics', connection.sendDiagnostics({ uri, version, diagnostics }));
    }
    // Nobody waits for it as for the diagnostics.
    host.defer(() => {
      tellStatus(uri, version);
      pauses.await(uri);
    });
  }

  /** Unless there is a newer version by now. */
  function tellStatus(uri: string, version: number): void {
    if (documents.get(uri)?.version !== version) return;
    const analysis = analyses.of(uri)?.analysis;
    const status = guard.run(`status of ${uri}`, { recognised: false }, () =>
      analysis ? statusOf(analysis) : { recognised: false },
    );
    const notification: StatusParams = { ...status, uri, version, failed: analysis === undefined };
    guard.detach(
      STATUS_NOTIFICATION,
      connection.sendNotification(STATUS_NOTIFICATION, notification),
    );
  }

  documents.onDidOpen(({ document: { uri } }) => {
    rehearsal.pause();
    publisher?.opened(uri);
    closed.changed(uri);
    guard.detach(
      'settings',
      precedence
        .serve(() => configurations.open(uri))
        .then(() => {
          scheduler.schedule(uri);
        }),
    );
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    rehearsal.pause();
    precedence.came();
    pauses.cancel(uri);
    scheduler.schedule(uri);
  });
  documents.onDidSave(({ document: { uri } }) => {
    seen(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    scheduler.cancel(uri);
    pauses.cancel(uri);
    configurations.close(uri);
    analyses.forget(uri);
    packs.forget(uri);
    catalogs.forget(uri);
    workspace.changed();
    closed.changed(uri);
    if (!client.pull) {
      const diagnostics = packs.findingsOn(uri) ?? [];
      guard.detach('diagnostics', connection.sendDiagnostics({ uri, diagnostics }));
    }
  });

  connection.onDidChangeConfiguration(
    async ({ settings }: { settings?: { gouji?: unknown } | null }) => {
      renew(await configurations.reload(documents.keys(), settings?.gouji));
      closed.changed();
    },
  );
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    workspace.changed();
    for (const { uri } of changes) closed.changed(uri);
    // Every change is to be heard of, not only the first.
    const ours = changes.filter(({ uri }) =>
      [packs.changed(uri), catalogs.changed(uri)].includes(true),
    );
    if (ours.length > 0) await prepareAll();
  });

  /** What the settings of open documents name is read again. */
  async function prepareAll(): Promise<void> {
    const open = documents.keys();
    await Promise.all(
      open.flatMap((uri) => {
        const configuration = configurations.of(uri);
        return [packs.prepare(uri, configuration), catalogs.prepare(uri, configuration)];
      }),
    );
    renew(open);
  }

  /** What these documents say may be something else now, though their texts are the same. */
  function renew(changed: readonly string[]): void {
    for (const uri of changed) scheduler.schedule(uri);
    if (changed.length > 0 && client.pull && client.refresh) {
      guard.detach('refresh', connection.languages.diagnostics.refresh());
    }
    if (changed.length > 0 && client.refreshInlayHints) {
      guard.detach('refresh', connection.languages.inlayHint.refresh());
    }
    if (changed.length > 0 && client.refreshCodeLenses) {
      guard.detach('refresh', connection.sendRequest(CodeLensRefreshRequest.type));
    }
  }

  connection.onInitialized(() => {
    rehearsal.goOn();
    if (publisher) guard.detach('closed files', publisher.run());
    if (client.configuration && client.configurationEvents) {
      guard.detach(
        'registration',
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'gouji' }),
      );
    }
    if (client.watchFiles) {
      guard.detach(
        'registration',
        connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: '**/*.{csv,yaml,yml,json}' }],
        }),
      );
    }
    if (client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        folders.change(added, removed);
        workspace.changed();
        closed.changed('');
        guard.detach('folders', prepareAll());
      });
    }
  });
  documents.listen(connection);
}

function reportOf(connection: Connection, guard: Guard): FileReport {
  return {
    diagnostics: (uri, diagnostics) => {
      guard.detach('diagnostics', connection.sendDiagnostics({ uri, diagnostics }));
    },
    unreadable: (text) => {
      const params: ShowMessageParams = { type: MessageType.Warning, message: text };
      guard.detach('message', connection.sendNotification(ShowMessageNotification.type, params));
    },
  };
}
