import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { SuiteOptions } from './bundle';
import { temporaryFolder } from './lifetime';
import { cacheDir } from './paths';
import { electronVersion } from './pins';
import { hostNames, reportOf, withStage, type HostReport } from './suite';

/**
 * Runs the suite in a desktop VS Code: the one named by GOUJI_VSCODE_PATH, or a
 * downloaded one.
 */
export async function runOnElectron(options: SuiteOptions = {}): Promise<HostReport> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new Error(
      'a desktop VS Code needs a display: run under xvfb-run, or use GOUJI_VSCODE=server',
    );
  }
  const executable = process.env['GOUJI_VSCODE_PATH'] ?? (await download());
  return withStage('node', options, async (stage) => {
    const profile = await temporaryFolder('profile');
    try {
      await mkdir(path.join(profile.path, 'User'), { recursive: true });
      await writeFile(
        path.join(profile.path, 'User', 'settings.json'),
        '{ "telemetry.telemetryLevel": "off" }',
      );
      const root = process.getuid?.() === 0;
      const run = await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: stage.extension,
        extensionTestsPath: stage.suite,
        launchArgs: [
          stage.workspace,
          '--disable-extensions',
          '--disable-workspace-trust',
          `--user-data-dir=${profile.path}`,
          ...(root ? ['--no-sandbox'] : []),
        ],
      }).then(
        (exitCode) => ({ exitCode, log: [] }),
        (error: unknown) => ({ exitCode: 1, log: [String(error)] }),
      );
      return await reportOf(hostNames.node, electronVersion, stage, run);
    } finally {
      profile.remove();
    }
  });
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version: electronVersion, cachePath: cacheDir });
  } catch (error) {
    throw new Error(
      'VS Code could not be downloaded: use GOUJI_VSCODE=server, or name one by GOUJI_VSCODE_PATH',
      { cause: error },
    );
  }
}
