import { existsSync } from 'node:fs';
import path from 'node:path';

export const repoRoot = path.resolve(__dirname, '../../..');

/** Installed tools, results and pictures of failures; git-ignored. */
export const cacheDir = path.join(repoRoot, '.vscode-test');

/**
 * The extension under test: this repository, or any folder with a built
 * extension in it (an unpacked .vsix, say) named by GOUJI_EXTENSION_ROOT.
 */
export const extensionRoot = path.resolve(process.env['GOUJI_EXTENSION_ROOT'] ?? repoRoot);

const ownExamples = path.join(extensionRoot, 'examples');
export const examplesDir = existsSync(ownExamples) ? ownExamples : path.join(repoRoot, 'examples');

export const suiteDir = path.join(repoRoot, 'test/vscode/suite');
export const harnessDir = path.join(repoRoot, 'test/vscode/harness');
