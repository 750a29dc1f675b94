import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { startServer } from './server';

const worker = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(
  new BrowserMessageReader(worker),
  new BrowserMessageWriter(worker),
);

// The timer that the protocol library takes its messages by: anything faster would overtake them. It sets
// that for its next message when it has handed over one.
startServer(connection, {
  defer: (callback) => {
    queueMicrotask(() => setTimeout(callback, 0));
  },
});
