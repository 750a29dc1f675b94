import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from './nodeFiles';
import { startServer } from './server';
import { writeWholeMessages } from './wholeMessages';

// Editors differ in what they pass; one that starts the bare command speaks over stdio.
const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => TRANSPORTS.includes(argument.split('=')[0]!))) {
  process.argv.push('--stdio');
}

if (process.argv.includes('--stdio')) writeWholeMessages(process.stdout);
const connection = createConnection(ProposedFeatures.all);

// Node ends the process otherwise, and with it the checking of every open file.
process.on('unhandledRejection', (reason) => {
  connection.console.error(`unhandled: ${String(reason)}`);
});

// Beside the bundle, dist/server/node.js.
const rulePages = `${pathToFileURL(path.join(__dirname, '../../docs/rules')).toString()}/{rule}.md`;

startServer(connection, {
  // The protocol library asks for the turn of its next message when it has handed over one.
  defer: (callback) => {
    queueMicrotask(() => setImmediate(callback));
  },
  files: nodeFiles,
  rulePages,
});
