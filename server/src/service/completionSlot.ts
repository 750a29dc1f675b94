import { isSubjectKey } from '../catalog/places';
import { readDisclosure } from '../disclosure/read';
import type { Disclosure } from '../disclosure/model';
import { parse } from '../syntax/parse';
import type { Entry, MapNode, SyntaxTree, TextRange } from '../syntax/tree';

/** A place where a key or a value can be written, in a text that is not finished. */
export interface Slot {
  readonly kind: 'key' | 'value';
  /** What is replaced. */
  readonly range: TextRange;
  /** What of it stands before the cursor, without quotes and what the glue replaces. */
  readonly typed: string;
  /** What has to stand before the inserted text: a blank behind a colon, a half-width mark for a full-width one. */
  readonly glue: string;
  /** Entries around, outermost first; for a value, its own is the last. */
  readonly around: readonly Entry[];
  /** The other keys of the map, as written. */
  readonly siblings: readonly string[];
  readonly style: MapNode['style'];
  /** A colon stands behind the key already. */
  readonly hasColon: boolean;
  /** Quotes around stay (YAML) or are replaced too (JSON). */
  readonly inQuotes: boolean;
  /** The document as it is with something written in the place. */
  readonly disclosure: Disclosure;
}

/**
 * Stands for what is not written yet; from the private use area, so that nobody writes it. Two
 * characters, for the place between them is in no other node.
 */
const PROBE = '\uE000\uE000';

/**
 * Looks around an offset. Unfinished texts parse badly, so the place is filled in first: the parser
 * then says itself what belongs to what, in block and flow YAML and in JSON alike.
 */
export function slotAt(tree: SyntaxTree, offset: number): Slot | undefined {
  const place =
    tree.language === 'json' ? jsonPlace(tree.text, offset) : yamlPlace(tree.text, offset);
  if (!place || isAmount(place, tree.text, offset)) return undefined;
  const { range, probe } = place;
  const text = tree.text.slice(0, range.start) + probe + tree.text.slice(range.end);
  const probed = parse(text, tree.language);
  const path = probed.pathAt(range.start + probe.indexOf(PROBE) + 1);
  const scalar = path.at(-1);
  // Anything more is part of a longer text, or of a comment.
  if (scalar?.kind !== 'scalar' || scalar.text !== PROBE) return undefined;
  const entries = path.filter((node): node is Entry => node.kind === 'entry');
  const own = entries.at(-1);
  const isKey = own?.key === scalar || !own;
  if (isKey !== (place.kind === 'key')) return undefined;
  // Of what stands in lists only the subject of an item is known.
  const isListed = path.some(({ kind }) => kind === 'sequence');
  if (isListed && (isKey || !isSubjectKey(own.key.text))) return undefined;
  const map = path.findLast((node): node is MapNode => node.kind === 'map');
  return {
    ...place,
    typed: tree.text.slice(range.start, offset).replace(/^["'：，]\s*/u, ''),
    around: isKey ? entries.slice(0, -1) : entries,
    siblings: (map?.entries ?? []).filter((e) => e !== own).map(({ key }) => key.text),
    style: map?.style ?? 'block',
    disclosure: readDisclosure(probed),
  };
}

/** Digits typed for a value are an amount or a year; only the subject of an item is a code. */
function isAmount({ kind, range }: Place, text: string, offset: number): boolean {
  if (kind !== 'value' || !/^["']?[-+]?\d[\d.,]*$/.test(text.slice(range.start, offset)))
    return false;
  const line = text.slice(
    Math.max(text.lastIndexOf('\n', range.start - 1) + 1, range.start - 80),
    range.start,
  );
  const [, key] = /([^\s,{}"':：]+)["']?\s*[:：]\s*$/u.exec(line) ?? [];
  return key === undefined || !isSubjectKey(key);
}

interface Place extends Pick<Slot, 'kind' | 'range' | 'glue' | 'hasColon' | 'inQuotes'> {
  /** What is put there to see what the parser makes of it. */
  readonly probe: string;
}

const WORD = /[^\s,{}[\]:"']/;

function wordAround(text: string, offset: number): TextRange {
  let start = offset;
  let end = offset;
  while (start > 0 && WORD.test(text[start - 1]!)) start--;
  while (end < text.length && WORD.test(text[end]!)) end++;
  return { start, end };
}

function yamlPlace(text: string, offset: number): Place | undefined {
  const lineStart =
    Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = text.slice(lineStart, offset).replace(/^\uFEFF/, ' ');
  const quote = openQuote(line);
  if (quote === undefined) return undefined;
  const inQuotes = quote >= 0;
  const word = inQuotes ? quotedYaml(text, lineStart + quote, offset) : wordAround(text, offset);
  const start = Math.max(word.start, lineStart);
  const range = { start: text[start] === '\uFEFF' ? start + 1 : start, end: word.end };
  const before = text.slice(lineStart, range.start - (inQuotes ? 1 : 0)).replace(/^\uFEFF/, '');
  // An item of a list begins where its dash ends.
  const last =
    before
      .replace(/^\s*(?:-\s+)+$/, '')
      .trimEnd()
      .at(-1) ?? '';
  const hasColon = /^["']?[ \t]*:(?:\s|$)/.test(text.slice(range.end, range.end + 80));
  const common = { range, hasColon, inQuotes };
  // A Chinese keyboard types a comma that is none to YAML.
  const comma = inQuotes ? -1 : text.slice(lineStart, offset).lastIndexOf('，');
  if (comma >= 0 && isInBraces(line) && isLoneWord(text.slice(lineStart + comma + 1, offset))) {
    const at = { start: lineStart + comma, end: range.end };
    const probe = `, ${PROBE}${hasColon ? '' : ': '}`;
    return { ...common, range: at, kind: 'key', glue: ', ', probe };
  }
  if (last === ':') {
    const glue = before.endsWith(':') && !inQuotes ? ' ' : '';
    return { ...common, kind: 'value', glue, probe: glue + PROBE };
  }
  if (last !== '' && last !== '{' && last !== ',') return undefined;
  // Nor is its colon one.
  const colon = inQuotes ? -1 : text.slice(range.start, offset).indexOf('：');
  if (colon > 0) {
    const at = { start: range.start + colon, end: range.end };
    return { ...common, range: at, kind: 'value', glue: ': ', probe: `: ${PROBE}` };
  }
  const glue = before.endsWith(',') && !inQuotes ? ' ' : '';
  const probe = `${glue}${PROBE}${hasColon || inQuotes ? '' : ': '}`;
  return { ...common, kind: 'key', glue, probe };
}

const isLoneWord = (text: string) => /^\s*[^\s,{}[\]:："']*$/u.test(text);

function isInBraces(line: string): boolean {
  return line.lastIndexOf('{') > line.lastIndexOf('}');
}

/** Where on the line a quote was opened and not closed, or -1; undefined within a comment. */
function openQuote(line: string): number | undefined {
  let open = -1;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (open >= 0) {
      if (c === '\\' && line[open] === '"') i++;
      else if (c === line[open]) open = -1;
    } else if ((c === '"' || c === "'") && /(?:^|[{,:[]|\s)$/.test(line.slice(0, i).trimEnd())) {
      open = i;
    } else if (c === '#' && (i === 0 || /\s/.test(line[i - 1]!))) {
      return undefined;
    }
  }
  return open;
}

/** Between the quotes; to the cursor where they are not closed on the line. */
function quotedYaml(text: string, quote: number, offset: number): TextRange {
  const rest = /^[^"'\r\n]*/.exec(text.slice(offset))![0];
  const closed = text[offset + rest.length] === text[quote];
  return { start: quote + 1, end: closed ? offset + rest.length : offset };
}

function jsonPlace(text: string, offset: number): Place {
  const quote = jsonQuote(text, offset);
  const range = quote === undefined ? wordAround(text, offset) : quotedJson(text, quote, offset);
  const last = text.slice(0, range.start).trimEnd().at(-1);
  const hasColon = /^\s*:/.test(text.slice(range.end));
  const common = { range, hasColon, inQuotes: quote !== undefined };
  if (last === ':') {
    const glue = text[range.start - 1] === ':' ? ' ' : '';
    return { ...common, kind: 'value', glue, probe: `"${PROBE}"` };
  }
  const glue = text[range.start - 1] === ',' ? ' ' : '';
  return { ...common, kind: 'key', glue, probe: hasColon ? `"${PROBE}"` : `"${PROBE}": null` };
}

/** The quote that opens the string around an offset; JSON's strings do not span lines. */
function jsonQuote(text: string, offset: number): number | undefined {
  let open: number | undefined;
  for (let i = text.lastIndexOf('\n', offset - 1) + 1; i < offset; i++) {
    if (open !== undefined && text[i] === '\\') i++;
    else if (text[i] === '"') open = open === undefined ? i : undefined;
  }
  return open;
}

/** With the quotes; an unclosed string ends where its word does. */
function quotedJson(text: string, quote: number, offset: number): TextRange {
  const rest = /^[^"\r\n,:{}]*/.exec(text.slice(offset))![0];
  const end = offset + rest.length;
  if (text[end] === '"') return { start: quote, end: end + 1 };
  return { start: quote, end: wordAround(text, offset).end };
}
