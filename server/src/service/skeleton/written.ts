import type { Language } from '../../syntax/tree';

/** A scalar as it is written, a row of cells, or more of the same under keys. */
export type Content = string | { readonly cells: Written } | { readonly entries: Written };
export type Written = readonly (readonly [key: string, content: Content])[];

/** A document, a row a line. */
export const written = (language: Language, entries: Written): string =>
  `${language === 'json' ? json({ entries }, '') : yaml(entries)}\n`;

/** One entry of a document, as it stands among others of its top level. */
export function writtenEntry(language: Language, key: string, content: Content): string {
  const text = written(language, [[key, content]]);
  // In JSON the braces around it are those of the document.
  return language === 'json'
    ? text.slice(text.indexOf('"'), text.lastIndexOf('\n}'))
    : text.slice(text.indexOf(key), -1);
}

function yaml(entries: Written, indent = ''): string {
  return entries
    .map(([key, content]) => {
      const table = indent === '' && typeof content === 'object' ? '\n' : '';
      return `${table}${indent}${key}:${yamlValue(content, indent)}`;
    })
    .join('\n');
}

/** Behind the colon of a key without a value stands a blank: a figure typed there is its value at once. */
function yamlValue(content: Content, indent: string): string {
  if (typeof content === 'string') return ` ${content === '' ? '' : plainOrQuoted(content)}`;
  if ('cells' in content) {
    return ` {${content.cells.map(([key, value]) => `${key}:${yamlValue(value, '')}`).join(', ')}}`;
  }
  return content.entries.length === 0 ? '' : `\n${yaml(content.entries, `${indent}  `)}`;
}

/** A name with a mark of YAML in it needs quotes. */
function plainOrQuoted(text: string): string {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N}/.（）()—-]*$/u.test(text);
  return isPlain && !/^(?:null|true|false|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function json(content: Content, indent: string): string {
  if (typeof content === 'string') {
    if (content === '') return 'null';
    return /^\d{4}$/.test(content) ? content : JSON.stringify(content);
  }
  if ('cells' in content) {
    const cells = content.cells.map(([key, value]) => `${JSON.stringify(key)}: ${json(value, '')}`);
    return `{${cells.join(', ')}}`;
  }
  if (content.entries.length === 0) return 'null';
  const inner = `${indent}  `;
  const lines = content.entries.map(
    ([key, value]) => `${inner}${JSON.stringify(key)}: ${json(value, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
