import { chromium, type Browser } from 'playwright-core';
import { browserEnvironment, findBrowser } from './install-browser';
import { installFonts } from './install-fonts';

export interface LaunchOptions {
  /** Draw with the fonts of the pictures, whatever the machine has. */
  readonly fonts?: boolean;
}

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  // Only the loopback is wanted; a proxy of the environment has nothing to do with it.
  '--no-proxy-server',
];

/** A headless browser for the workbench; its user closes it. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const found = await findBrowser();
  const env = browserEnvironment(found);
  if (options.fonts === true) env['FONTCONFIG_FILE'] = await installFonts();
  // Chromium's sandbox needs privileges that containers and root do not give; we load our own pages only.
  const args = [...flags, '--no-sandbox'];
  return chromium.launch({ executablePath: found.executable, args, env, headless: true });
}
