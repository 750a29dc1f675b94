import type { Action } from './harness/drive';
import type { DisplayLanguage } from './harness/server';

export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high contrast': 'Default High Contrast',
} as const;

export interface Screenshot {
  /** The file's name in docs/images/, without .png. */
  readonly name: string;
  readonly theme: keyof typeof themes;
  readonly language: DisplayLanguage;
  readonly size: readonly [width: number, height: number];
  /** Pixels of the picture for one of the page. */
  readonly scale?: number;
  /** A file of examples/, opened at the start. */
  readonly file: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly actions: readonly Action[];
}

/** The pictures of the documentation. */
export const screenshots: readonly Screenshot[] = [
  {
    name: 'overview',
    theme: 'light',
    language: 'zh-cn',
    size: [1280, 800],
    file: 'tianyuan-2024.disclosure.yaml',
    actions: [
      { do: 'press', key: 'Control+Shift+M' },
      { do: 'see', selector: '.markers-panel .monaco-list-row' },
    ],
  },
];
