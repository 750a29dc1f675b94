import { REPORT_SCHEMA } from '../service/report';
import { junit } from './junit';
import type { Outcome } from './outcome';
import { sarif } from './sarif';

/** What is printed once, at the end, for programs to read. */
export const formats = {
  json: ({ files, packs, version }: Outcome) => {
    const tool = { name: 'gouji', version };
    return pretty({ schema: REPORT_SCHEMA, tool, packs, files: files.map(({ report }) => report) });
  },
  sarif: (outcome: Outcome) => pretty(sarif(outcome)),
  junit,
} as const;

export type Format = keyof typeof formats;

export function isFormat(name: string): name is Format {
  return Object.hasOwn(formats, name);
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
