import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce, npmUnpack } from './install';
import { pins } from './pins';

/** VS Code's registry of language packs, `languagepacks.json` in its data folder. */
export type LanguagePacks = Record<string, object>;

/**
 * The workbench in Chinese, as our users see it. Microsoft's language pack is
 * only in the marketplace; npm has the same translations, keyed by message, in a
 * package for Monaco, and this lays them out as VS Code reads them. Messages
 * newer than the package stay English.
 */
export async function installChinese(): Promise<LanguagePacks> {
  const folder = await installOnce(
    pins.chinese,
    "VS Code's Chinese translations",
    async (target) => {
      const unpacked = await npmUnpack(target, pins.chinese);
      const translations = path.join(unpacked, 'translations');
      await mkdir(path.join(target, 'extensions'));
      for (const file of await readdir(path.join(translations, 'extensions'))) {
        await rename(
          path.join(translations, 'extensions', file),
          path.join(target, 'extensions', file),
        );
      }
      const messages = await messagesOf(path.join(translations, 'main.i18n.json.js'), target);
      const main = { version: '1.0.0', contents: messages };
      await writeFile(path.join(target, 'main.i18n.json'), JSON.stringify(main));
      await rm(unpacked, { recursive: true });
    },
  );

  const translations: Record<string, string> = { vscode: path.join(folder, 'main.i18n.json') };
  for (const file of await readdir(path.join(folder, 'extensions'))) {
    translations[file.replace(/\.i18n\.json$/, '')] = path.join(folder, 'extensions', file);
  }
  const id = 'ms-ceintl.vscode-language-pack-zh-hans';
  return {
    'zh-cn': {
      hash: `gouji-${pins.chinese.version}`,
      label: '中文(简体)',
      extensions: [{ extensionIdentifier: { id }, version: pins.chinese.version }],
      translations,
    },
  };
}

/** The package's messages are an ES module, whatever its extension says. */
async function messagesOf(file: string, folder: string): Promise<unknown> {
  const module = path.join(folder, 'messages.mjs');
  await writeFile(module, await readFile(file));
  const loaded = (await import(pathToFileURL(module).href)) as { default: unknown };
  await rm(module);
  return loaded.default;
}
