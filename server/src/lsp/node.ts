import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './nodeFiles';
import { startServer } from './server';

// Editors differ in what they pass; one that starts the bare command speaks over stdio.
const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => TRANSPORTS.includes(argument.split('=')[0]!))) {
  process.argv.push('--stdio');
}

const connection = createConnection(ProposedFeatures.all);

// Node ends the process otherwise, and with it the checking of every open file.
process.on('unhandledRejection', (reason) => {
  connection.console.error(`unhandled: ${String(reason)}`);
});

startServer(connection, { defer: (callback) => setImmediate(callback), files: nodeFiles });
