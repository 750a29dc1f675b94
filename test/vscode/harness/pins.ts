export interface Pin {
  readonly name: string;
  readonly version: string;
}

export interface Edition extends Pin {
  /** What it needs instead of the Node that runs the tests. */
  readonly node?: Pin;
  /** It takes a suite from the address of its page only when it is told that a test drives it. */
  readonly testDriver?: true;
}

/** VS Codes, each a complete server from npm: code-server 4.100.3 is VS Code 1.100.3. */
export const editions = {
  /** The oldest that the manifest's `engines` allow: of those before, not all parts are on npm. */
  oldest: { name: 'code-server', version: '4.99.4' },
  /** The newest that runs on Node 20. */
  usual: { name: 'code-server', version: '4.100.3' },
  /** The newest to be had. */
  newest: {
    name: 'code-server',
    version: '4.139.1',
    node: { name: `node-${process.platform}-${process.arch}`, version: '24.21.0' },
    testDriver: true,
  },
} as const satisfies Record<string, Edition>;

export type EditionName = keyof typeof editions;

/** Everything else the end-to-end tests fetch from the npm registry, at exactly one version each. */
export const pins = {
  /** The two native programs that code-server would fetch or compile; one npm package per platform. */
  ripgrep: { name: `@vscode/ripgrep-${process.platform}-${process.arch}`, version: '1.18.0' },
  terminal: { name: `@lydell/node-pty-${process.platform}-${process.arch}`, version: '1.1.0' },
  /** Headless Chromium for machines that have no browser; the last major for Node 20. */
  chromium: { name: '@sparticuz/chromium', version: '143.0.4' },
  /** The last release that still names VS Code's messages by key, so that it fits any VS Code. */
  chinese: { name: '@codingame/monaco-vscode-language-pack-zh-hans', version: '4.3.2' },
  /** Chinese glyphs for screenshots. */
  hanFont: { name: '@expo-google-fonts/noto-sans-sc', version: '0.4.3' },
  /** A code font exactly half as wide as a Han character, so that aligned columns look aligned. */
  codeFont: { name: '@expo-google-fonts/inconsolata', version: '0.4.2' },
} as const satisfies Record<string, Pin>;

/** What @vscode/test-electron downloads, where a download is possible. */
export const electronVersion = process.env['GOUJI_VSCODE_VERSION'] ?? 'stable';
