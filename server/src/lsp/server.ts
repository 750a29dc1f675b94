import {
  DidChangeConfigurationNotification,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import { statusOf } from '../service/status';
import { Analyses } from './analyses';
import { clientFeatures, serverCapabilities } from './capabilities';
import { clientDiagnostics } from './diagnostics';
import { openDocuments } from './documents';
import { registerFeatures } from './features';
import { Guard } from './guard';
import { localeOf } from './locale';
import { STATUS_NOTIFICATION, type InitializationOptions, type StatusParams } from './protocol';
import { Scheduler, type Host } from './scheduling';
import { ConfigurationStore, readConfiguration } from './settings';

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
  );
  const locale = localeOf(options.locale ?? params.locale);
  const analyses = new Analyses(documents, configurations, locale, guard);
  const scheduler = new Scheduler(host, publish);
  registerFeatures({ connection, host, guard, client, analyses, configurations });

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
    if (!client.pull) {
      guard.detach('diagnostics', connection.sendDiagnostics({ uri, diagnostics: [] }));
    }
  });

  connection.onDidChangeConfiguration(
    async ({ settings }: { settings?: { gouji?: unknown } | null }) => {
      const changed = await configurations.reload(documents.keys(), settings?.gouji);
      for (const uri of changed) scheduler.schedule(uri);
      if (changed.length > 0 && client.pull && client.refresh) {
        guard.detach('refresh', connection.languages.diagnostics.refresh());
      }
      if (changed.length > 0 && client.refreshInlayHints) {
        guard.detach('refresh', connection.languages.inlayHint.refresh());
      }
    },
  );
  connection.onInitialized(() => {
    if (!client.configuration || !client.configurationEvents) return;
    guard.detach(
      'registration',
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'gouji' }),
    );
  });
  documents.listen(connection);
}
