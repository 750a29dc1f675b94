export interface Pin {
  readonly name: string;
  readonly version: string;
}

/** Everything the end-to-end tests fetch from the npm registry, at exactly one version each. */
export const pins = {
  /** A complete VS Code server: 4.100.3 is VS Code 1.100.3, and runs on Node 20. */
  codeServer: { name: 'code-server', version: '4.100.3' },
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
