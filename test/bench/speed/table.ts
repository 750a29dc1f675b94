import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Cell, Size } from './measure';
import type { Peer } from './peers';

export const HEADER = [
  '| file | server | open ms | keystroke ms | p99 | × floor | hover ms | completion ms | memory MB |',
  '|---|---|--:|--:|--:|--:|--:|--:|--:|',
] as const;

/** A line of the table. A dash is a cell that took longer than it was given. */
export function rowOf({ layout, language, lines }: Size, cell: Cell, all: readonly Cell[]): string {
  const floor = all.at(-1)!.keystroke;
  const ratio = cell.keystroke !== undefined && floor ? cell.keystroke / floor : undefined;
  const columns = [
    `${language} ${layout} ${lines.toLocaleString('en')}`,
    cell.peer.name,
    digits(cell.open),
    digits(cell.keystroke),
    digits(cell.p99),
    digits(ratio),
    digits(cell.hover),
    digits(cell.completion),
    cell.memory === undefined ? '–' : Math.round(cell.memory).toString(),
  ];
  return `| ${columns.join(' | ')} |`;
}

const digits = (value: number | undefined) =>
  value === undefined ? '–' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export function machine(peers: readonly Peer[]): string {
  const versions = peers.map(({ name, version }) => `${name} ${version}`).join(', ');
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return (
    `${new Date().toISOString().slice(0, 10)}, ${type()} ${release()}, Node ${process.version}, ` +
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${memory} GB, load ${loadavg()[0]!.toFixed(1)}${versions === '' ? '' : `; ${versions}`}.`
  );
}
