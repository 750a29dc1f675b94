import type { LedgerPage } from '../../../server/src/lsp/protocol';

/** The page says where the reader wants to go. */
export interface FromPage {
  readonly line: number;
  readonly character: number;
}

/** A newer body; what is open and where it is scrolled to stays. */
export interface ToPage {
  readonly body: string;
}

/**
 * The page around the ledger, in the colours of the editor, opened at a row. Nothing is loaded from
 * anywhere.
 */
export function ledgerShell({ title, language, body }: LedgerPage, row: string): string {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main data-row="${encodeURIComponent(row)}">${body}</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Where a page is too narrow for columns beside the names, counts stand below them. English words are longer. */
const inLines = (language: string, width: string) => `
@media (max-width: ${width}) {
  ${language}.row { display: flex; flex-wrap: wrap; }
  ${language}.row > :first-child { flex-basis: 100%; }
  ${language}.row.head, ${language}.count:empty { display: none; }
  ${language}.spoken { position: static; width: auto; height: auto; clip-path: none; }
}`;

const STYLE = `
body { padding: 0 1.2em 2em; line-height: 1.6; }
h1 { font-size: 1.5em; font-weight: 600; margin: 0.8em 0 0.2em; }
h2 { font-size: 1.15em; font-weight: 600; margin: 1.4em 0 0.2em; }
h3 { font-size: 1em; font-weight: 600; margin: 0.8em 0 0.1em; }
p { margin: 0.2em 0; color: var(--vscode-descriptionForeground); }
main { max-width: 62em; }
small { color: var(--vscode-descriptionForeground); }
.row {
  display: grid;
  grid-template-columns: minmax(8em, 1fr) repeat(7, 3.6em);
  column-gap: 0.6em;
  align-items: baseline;
  padding: 0.25em 0.4em;
  border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, #8884));
}
:lang(en) .row { grid-template-columns: minmax(8em, 1fr) repeat(7, 5.2em); }
.row.none, :lang(en) .row.none { grid-template-columns: 1fr; }
.row > :first-child { padding-left: 1.2em; text-indent: -1.2em; }
.head, .total { font-weight: 600; }
.head { margin-top: 1em; }
summary { cursor: pointer; list-style: none; }
summary .name::before { content: "▸ "; display: inline-block; width: 1.2em; text-indent: 0; }
.none .name::before { content: ""; display: inline-block; width: 1.2em; }
details[open] > summary .name::before { content: "▾ "; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
${inLines('', '40em')}
${inLines(':lang(en) ', '52em')}
summary:hover { background: var(--vscode-list-hoverBackground); }
summary:focus-visible, a:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
.count { text-align: right; font-variant-numeric: tabular-nums; }
.total .fails, .row .fails, h3.fails { color: var(--vscode-errorForeground); }
.row .noted, h3.noted { color: var(--vscode-charts-blue); }
.row .accepted, h3.accepted { color: var(--vscode-charts-blue); }
.row .rounding, .row .empty, h3.rounding, h3.empty { color: var(--vscode-descriptionForeground); }
.row .unchecked, h3.unchecked { color: var(--vscode-editorWarning-foreground); }
.rules { padding: 0.2em 0.4em 0.8em 1.6em; }
.rules ul { margin: 0.1em 0; padding-left: 1.4em; }
code { font-family: var(--vscode-editor-font-family); font-size: 0.92em; color: var(--vscode-descriptionForeground); background: none; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
`;

/** Runs in the page: tells of clicks, and takes newer bodies. */
const SCRIPT = `
const host = acquireVsCodeApi();
const main = document.querySelector('main');
const REACHED = 'summary, a';
const row = document.getElementById(decodeURIComponent(main.dataset.row));
if (row) {
  row.setAttribute('open', '');
  row.scrollIntoView({ block: 'center' });
  row.querySelector('summary').focus();
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  const [line, character] = link.getAttribute('href').slice(1).split(':');
  host.postMessage({ line: Number(line), character: Number(character) });
});
window.addEventListener('message', ({ data }) => {
  const open = [...document.querySelectorAll('details[open]')].map(({ id }) => id);
  const reached = [...main.querySelectorAll(REACHED)].indexOf(document.activeElement);
  main.innerHTML = data.body;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  main.querySelectorAll(REACHED)[reached]?.focus({ preventScroll: true });
});
`;
