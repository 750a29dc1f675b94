import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installOnce, npmUnpack } from './install';
import { pins, type Pin } from './pins';
import { cacheDir } from './paths';

/** Font families of the pictures, for `editor.fontFamily`. */
export const codeFontFamily = "'Inconsolata', 'Noto Sans SC'";

/**
 * Fonts for screenshots: always ours, so that every machine draws the same
 * picture and Chinese is never drawn as boxes. Returns a fontconfig file for
 * FONTCONFIG_FILE; the machine's own fonts stay available behind them.
 */
export async function installFonts(): Promise<string> {
  const folders = [
    await installFont(pins.hanFont, [
      '400Regular/NotoSansSC_400Regular.ttf',
      '700Bold/NotoSansSC_700Bold.ttf',
    ]),
    await installFont(pins.codeFont, [
      '400Regular/Inconsolata_400Regular.ttf',
      '700Bold/Inconsolata_700Bold.ttf',
    ]),
  ];
  const file = path.join(cacheDir, 'fonts.conf');
  await writeFile(file, fontconfig(folders, path.join(cacheDir, 'font-cache')));
  return file;
}

async function installFont(pin: Pin, files: readonly string[]): Promise<string> {
  return installOnce(pin, 'a font', async (target) => {
    const unpacked = await npmUnpack(target, pin);
    for (const file of files) {
      await copyFile(path.join(unpacked, file), path.join(target, path.basename(file)));
    }
    await mkdir(path.join(target, 'licenses'));
    await copyFile(path.join(unpacked, 'LICENSE_FONT'), path.join(target, 'licenses', 'OFL.txt'));
    await rm(unpacked, { recursive: true }); // seven more weights, 80 MB
  });
}

function fontconfig(folders: readonly string[], cache: string): string {
  const prefer = (family: string, ours: readonly string[]): string =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>` +
    ours
      .map(
        (name) =>
          `<edit name="family" mode="prepend" binding="strong"><string>${name}</string></edit>`,
      )
      .join('') +
    '</match>';
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...folders.map((folder) => `<dir>${folder}</dir>`),
    `<cachedir>${cache}</cachedir>`,
    prefer('sans-serif', ['Noto Sans SC']),
    prefer('system-ui', ['Noto Sans SC']),
    prefer('monospace', ['Inconsolata', 'Noto Sans SC']),
    '</fontconfig>',
    '',
  ].join('\n');
}
