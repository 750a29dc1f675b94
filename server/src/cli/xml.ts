/** An element with text or with other elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly content?: string | readonly XmlElement[];
}

/** An XML 1.0 document in UTF-8; elements are indented, text is kept to the character. */
export function xmlDocument(root: XmlElement): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...linesOf(root, ''), ''].join('\n');
}

function linesOf({ name, attributes = {}, content = [] }: XmlElement, indent: string): string[] {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${quoted(value)}"`);
  const start = `${indent}<${name}${list.join('')}`;
  if (content.length === 0) return [`${start}/>`];
  if (typeof content === 'string') return [`${start}>${escaped(content)}</${name}>`];
  return [
    `${start}>`,
    ...content.flatMap((child) => linesOf(child, `${indent}  `)),
    `${indent}</${name}>`,
  ];
}

/** Line ends in an attribute would be read as blanks. */
function quoted(value: string | number): string {
  return escaped(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

/** What XML 1.0 cannot hold, not even as a reference, becomes U+FFFD. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '&#13;')
  );
}
