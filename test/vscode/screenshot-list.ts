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

const HUNAN = 'tianyuan-2024.disclosure.yaml';

/** Two digits of a figure swapped: 250.04 becomes 250.40. */
const mistype: readonly Action[] = [
  { do: 'find', text: '04, 基本支出: 250.04' },
  { do: 'press', key: 'Shift+ArrowRight' },
  { do: 'press', key: 'Shift+ArrowRight' },
  { do: 'type', text: '40' },
  { do: 'see', selector: '.squiggly-error' },
];

const wide = [1180, 720] as const;

/** The ledger beside the file, opened at a table, and from there the place in the file. */
const ledger = (title: string, row: string, place: string): readonly Action[] => [
  { do: 'press', key: 'Control+b' },
  { do: 'command', title },
  { do: 'see', selector: 'iframe.webview.ready' },
  { do: 'clickInWebview', text: row },
  { do: 'clickInWebview', text: place },
  { do: 'wait', ms: 1000 },
];
const LEDGER_PLACE = '一般公共预算财政拨款基本支出决算明细表/301';

/** The relations in the side bar, opened at a table, at the first rule of it, and so on. */
const relations = (view: string, table: string): readonly Action[] => [
  { do: 'click', selector: '.pane-header[aria-label*="examples"]' },
  { do: 'click', selector: `.pane-header[aria-label*="${view}"]` },
  { do: 'click', selector: `.monaco-list-row[aria-label^="${table}"]` },
  { do: 'wait', ms: 2000 },
  ...['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowRight'].flatMap((key): Action[] => [
    { do: 'press', key },
    { do: 'wait', ms: 1000 },
  ]),
];

/** A total, and in the side bar what it is made of and what is made of it. */
const calls: readonly Action[] = [
  { do: 'find', text: '基本支出: 336.96' },
  { do: 'press', key: 'ArrowRight' },
  ...Array.from({ length: 8 }, (): Action => ({ do: 'press', key: 'ArrowRight' })),
  { do: 'press', key: 'Shift+Alt+H' },
  { do: 'wait', ms: 4000 },
];

/** The walkthrough of that name. */
const walkthrough = (title: string, name: string): readonly Action[] => [
  { do: 'press', key: 'Control+b' },
  { do: 'command', title },
  { do: 'wait', ms: 2000 },
  { do: 'type', text: name },
  { do: 'press', key: 'Enter' },
  { do: 'wait', ms: 2500 },
];

/** A code by its pinyin initials, in a new row of a table; names stand behind the codes around it. */
const complete: readonly Action[] = [
  { do: 'find', text: '2080505: {本年支出合计' },
  { do: 'press', key: 'Home' },
  { do: 'press', key: 'Control+Shift+Enter' },
  { do: 'type', text: 'jy' },
  { do: 'see', selector: '.suggest-widget.visible .monaco-list-row' },
  { do: 'wait', ms: 1500 },
];

const hoverCode: readonly Action[] = [
  { do: 'find', text: '2080505: {本年支出合计' },
  { do: 'hover', text: '2101101' },
];

/** Where codes stand without a printed name, their names are shown beside them. */
const names: readonly Action[] = [
  { do: 'find', text: '本年收入合计: 1429.68' },
  { do: 'see', selector: '.view-line span[class*="dyn-rule"]' },
  { do: 'wait', ms: 1000 },
];

/** A file for a layout and a year from nothing, and a first figure of it. */
const create = (title: string): readonly Action[] => [
  { do: 'press', key: 'Control+b' },
  { do: 'command', title },
  { do: 'wait', ms: 2500 },
  { do: 'press', key: 'Enter' },
  { do: 'wait', ms: 1000 },
  { do: 'press', key: 'Enter' },
  { do: 'wait', ms: 1000 },
  { do: 'type', text: '某区教育局' },
  { do: 'press', key: 'Enter' },
  { do: 'wait', ms: 4000 },
  { do: 'find', text: '一般公共预算财政拨款收入:' },
  { do: 'press', key: 'End' },
  { do: 'type', text: ' 100.00' },
  { do: 'wait', ms: 3000 },
];

/** Rows of a spreadsheet in the table at the cursor, and the editor's choice to have them as plain text. */
const pasteRows: readonly Action[] = [
  { do: 'find', text: '2080505: {本年支出合计' },
  {
    do: 'paste',
    text: '科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n2010301\t行政运行\t1,210.40\t1,210.40\t\n2010302\t一般行政管理事务\t86.00\t\t86.00\n',
  },
  { do: 'wait', ms: 2500 },
  { do: 'press', key: 'Control+.' },
  { do: 'wait', ms: 1000 },
];

/** The pictures of the documentation. */
export const screenshots: readonly Screenshot[] = [
  {
    name: 'overview-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: [
      { do: 'press', key: 'Control+Shift+M' },
      { do: 'see', selector: '.markers-panel .monaco-list-row' },
    ],
  },
  {
    name: 'overview-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: [
      { do: 'press', key: 'Control+Shift+M' },
      { do: 'see', selector: '.markers-panel .monaco-list-row' },
    ],
  },
  {
    name: 'error-dark.zh-cn',
    theme: 'dark',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: [...mistype, { do: 'hover', text: '250.40' }],
  },
  {
    name: 'error-light',
    theme: 'light',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: [...mistype, { do: 'hover', text: '250.40' }],
  },
  {
    name: 'quick-fix-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: [...mistype, { do: 'wait', ms: 1500 }, { do: 'quickFix' }],
  },
  {
    name: 'hover-code-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: hoverCode,
  },
  {
    name: 'hover-code-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: hoverCode,
  },
  {
    name: 'completion-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: complete,
  },
  {
    name: 'completion-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: complete,
  },
  {
    name: 'names-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: names,
  },
  {
    name: 'names-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: names,
  },
  {
    name: 'hover-amount-narrow',
    theme: 'light',
    language: 'en',
    size: [720, 720],
    file: HUNAN,
    actions: [
      { do: 'find', text: '基本支出: 336.96' },
      { do: 'hover', text: '336.96' },
    ],
  },
  {
    name: 'ledger-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: [1400, 900],
    file: HUNAN,
    actions: ledger('显示核对一览', '一般公共预算财政拨款基本支出决算明细表', LEDGER_PLACE),
  },
  {
    name: 'ledger-dark.zh-cn',
    theme: 'dark',
    language: 'zh-cn',
    size: [1400, 900],
    file: HUNAN,
    actions: ledger('显示核对一览', '一般公共预算财政拨款基本支出决算明细表', LEDGER_PLACE),
  },
  {
    name: 'ledger-light',
    theme: 'light',
    language: 'en',
    size: [1400, 900],
    file: HUNAN,
    actions: ledger('Show Ledger of Checks', 'basic expenditure by economic item', LEDGER_PLACE),
  },
  {
    name: 'ledger-dark',
    theme: 'dark',
    language: 'en',
    size: [1400, 900],
    file: HUNAN,
    actions: ledger('Show Ledger of Checks', 'basic expenditure by economic item', LEDGER_PLACE),
  },
  {
    name: 'relations-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: relations('勾稽关系', '一般公共预算支出'),
  },
  {
    name: 'calls-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: calls,
  },
  {
    name: 'walkthrough-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: walkthrough('Open Walkthrough', 'Gouji'),
  },
  {
    name: 'new-light.zh-cn',
    theme: 'light',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: create('新建决算公开数据'),
  },
  {
    name: 'paste-dark',
    theme: 'dark',
    language: 'en',
    size: wide,
    file: HUNAN,
    actions: pasteRows,
  },
  {
    name: 'relations-high-contrast.zh-cn',
    theme: 'high contrast',
    language: 'zh-cn',
    size: wide,
    file: HUNAN,
    actions: relations('勾稽关系', '一般公共预算支出'),
  },
];
