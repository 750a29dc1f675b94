import { NULL } from '../null';
import { classAt, closingQuote, COLON, FLOW, HASH, ODD, QUOTE, SPACE, skipSpaces } from './classes';
import { beginsPlain, FlowLine, type KeysAbove } from './flowLine';
import { LineEntry, LineScalar, type LineNode } from './nodes';
import { colonBehind, yamlKey } from './scalars';
import type { Line } from './store';
import { NO_REPETITIONS } from './unit';

/** A word without any character that could mean more to YAML. */
const LONE = /^[\p{L}\p{N}]+ *$/u;

/**
 * Reads a line of YAML by itself. What it takes for an entry is one in any context in which a map is
 * open in its column or can begin there, and holds nothing that might be a slip of typing.
 * @param start where it begins in a text
 */
export function scanYamlLine(line: Line, text: string, start: number, above: KeysAbove): void {
  const end = start + line.length - line.ending;
  // A byte order mark is no character of the document.
  const bom = line.number === 0 && text.charCodeAt(start) === 0xfeff ? 1 : 0;
  const from = skipSpaces(text, start + bom, end);
  line.indent = from - start - bom;
  if (line.ending === 1 && text.charCodeAt(end) === 13) return;
  if (from === end || text.charCodeAt(from) === HASH) {
    line.kind = 'blank';
    return;
  }
  if (line.indent === 0 && (text.startsWith('...', from) || text.startsWith('<<<<<<<', from)))
    return;
  const key = scanKey(text, line, start, from, end);
  if (!key) {
    if (LONE.test(text.slice(from, end))) line.kind = 'lone';
    return;
  }
  const colon = start + line.colonEnd - 1;
  if (scanValue(text, line, key, start, colon + 1, end, above)) line.kind = 'entry';
  else {
    line.kind = 'headed';
    const entry = new LineEntry(key, undefined, line.colonEnd, line.colonEnd);
    const rows = [{ indent: line.indent, entry, open: false }];
    line.scanned = { rows, repetitions: NO_REPETITIONS, region: undefined };
  }
}

function scanKey(
  text: string,
  line: Line,
  start: number,
  from: number,
  end: number,
): LineScalar | undefined {
  const key = yamlKey(text, line, start, from, end);
  if (!key) return undefined;
  const colon = colonBehind(key, text, start, end);
  if (colon + 1 < end && text.charCodeAt(colon + 1) !== SPACE) return undefined;
  line.colonEnd = colon + 1 - start;
  return key;
}

function scanValue(
  text: string,
  line: Line,
  key: LineScalar,
  start: number,
  from: number,
  end: number,
  above: KeysAbove,
): boolean {
  const at = skipSpaces(text, from, end);
  if (at === end || text.charCodeAt(at) === HASH) {
    return (
      (at === end || at > from) && take(line, key, undefined, from - start, from - start, true)
    );
  }
  const kind = classAt(text, at);
  if (kind & FLOW) {
    const flow = new FlowLine(text, line, start, end, above);
    const value = flow.collection(at);
    if (!value || !isRestEmpty(text, flow.at, end)) return false;
    take(line, key, value, at - start, flow.at - start, false);
    if (flow.repetitions.length > 0) {
      line.scanned = { ...line.scanned!, repetitions: flow.repetitions };
    }
    return true;
  }
  const isQuoted = (kind & QUOTE) !== 0;
  const last = isQuoted ? closingQuote(text, at, end) + 1 : plainEnd(text, at, end);
  if (last <= 0 || (isQuoted && !isRestEmpty(text, last, end))) return false;
  const written = isQuoted ? text.slice(at + 1, last - 1) : text.slice(at, last);
  const value =
    !isQuoted && NULL.test(written)
      ? undefined
      : new LineScalar(written, isQuoted ? 'quoted' : 'plain', line, at - start, last - start);
  return take(line, key, value, at - start, last - start, false);
}

function take(
  line: Line,
  key: LineScalar,
  value: LineNode | undefined,
  start: number,
  end: number,
  open: boolean,
): true {
  const entry = new LineEntry(key, value, start, end);
  const rows = [{ indent: line.indent, entry, open }];
  line.scanned = { rows, repetitions: NO_REPETITIONS, region: undefined };
  return true;
}

/** Behind the last character of a plain value, which ends with the line or before a comment. */
function plainEnd(text: string, from: number, end: number): number {
  if (!beginsPlain(text, from, end)) return -1;
  let last = from;
  for (let at = from; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === SPACE) continue;
    if (c === HASH && text.charCodeAt(at - 1) === SPACE) break;
    if (classAt(text, at) & ODD) return -1;
    if (c === COLON && (at + 1 === end || text.charCodeAt(at + 1) === SPACE)) return -1;
    last = at;
  }
  return last + 1;
}

/** Whether nothing but blanks and a comment follows. */
function isRestEmpty(text: string, from: number, end: number): boolean {
  const at = skipSpaces(text, from, end);
  return at === end || (text.charCodeAt(at) === HASH && at > from);
}
