import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  type Connection,
  type InitializeParams,
  type ShowMessageParams,
} from 'vscode-languageserver';
import { statusOf } from '../service/status';
import { Analyses } from './analyses';
import { clientFeatures, serverCapabilities } from './capabilities';
import { CatalogStore, type CatalogReport } from './catalogs';
import { clientDiagnostics } from './diagnostics';
import { openDocuments } from './documents';
import { registerFeatures } from './features';
import { clientFiles, Folders, noFiles } from './files';
import { Guard } from './guard';
import { localeOf } from './locale';
import { STATUS_NOTIFICATION, type InitializationOptions, type StatusParams } from './protocol';
import { Scheduler, type Host } from './scheduling';
import { ConfigurationStore, readConfiguration } from './settings';
import { Workspace } from './workspace';

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
    (uri, configuration) => catalogs.prepare(uri, configuration),
  );
  const locale = localeOf(options.locale ?? params.locale);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older clients send no folders
  const folders = new Folders(params.workspaceFolders, params.rootUri);
  const files = options.files === true ? clientFiles(connection) : (host.files ?? noFiles);
  const catalogs = new CatalogStore(files, folders, tellOf(connection, guard), locale);
  const analyses = new Analyses(documents, configurations, locale, guard, catalogs);
  const scheduler = new Scheduler(host, publish);
  const workspace = new Workspace(documents, analyses, files, folders, guard, client.watchFiles);
  registerFeatures({ connection, host, guard, client, analyses, configurations, workspace });

  /** Tells the client about the newest version; whether it asks for diagnostics or is sent them. */
  function publish(uri: string): void {
    // Its settings are still on the way, and bring a run of their own.
    if (!configurations.isReady(uri)) return;
    const analysed = analyses.of(uri);
    if (!analysed) return;
    const { version, analysis } = analysed;
    const status = guard.run(`status of ${uri}`, { recognised: false }, () =>
      analysis ? statusOf(analysis) : { recognised: false },
    );
    const notification: StatusParams = { ...status, uri, version, failed: analysis === undefined };
    guard.detach(
      STATUS_NOTIFICATION,
      connection.sendNotification(STATUS_NOTIFICATION, notification),
    );
    if (client.pull) return;
    const diagnostics = clientDiagnostics(analysed, client, guard);
    guard.detach('diagnostics', connection.sendDiagnostics({ uri, version, diagnostics }));
  }

  documents.onDidOpen(({ document: { uri } }) => {
    guard.detach(
      'settings',
      configurations.open(uri).then(() => {
        scheduler.schedule(uri);
      }),
    );
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    scheduler.schedule(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    scheduler.cancel(uri);
    configurations.close(uri);
    analyses.forget(uri);
    catalogs.forget(uri);
    workspace.changed();
    if (!client.pull) {
      guard.detach('diagnostics', connection.sendDiagnostics({ uri, diagnostics: [] }));
    }
  });

  connection.onDidChangeConfiguration(
    async ({ settings }: { settings?: { gouji?: unknown } | null }) => {
      renew(await configurations.reload(documents.keys(), settings?.gouji));
    },
  );
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    workspace.changed();
    // Every change is to be heard of, not only the first.
    const ours = changes.filter(({ uri }) => catalogs.changed(uri));
    if (ours.length === 0) return;
    const open = documents.keys();
    await Promise.all(open.map((uri) => catalogs.prepare(uri, configurations.of(uri))));
    renew(open);
  });

  /** What these documents say may be something else now, though their texts are the same. */
  function renew(changed: readonly string[]): void {
    for (const uri of changed) scheduler.schedule(uri);
    if (changed.length > 0 && client.pull && client.refresh) {
      guard.detach('refresh', connection.languages.diagnostics.refresh());
    }
    if (changed.length > 0 && client.refreshInlayHints) {
      guard.detach('refresh', connection.languages.inlayHint.refresh());
    }
  }

  connection.onInitialized(() => {
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
      });
    }
  });
  documents.listen(connection);
}

function tellOf(connection: Connection, guard: Guard): CatalogReport {
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
