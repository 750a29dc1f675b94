import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(__dirname, '..', '..');
const schemas = join(root, 'schemas');

export function readText(path: string): string {
  return readFileSync(join(schemas, path), 'utf8');
}

export function readYaml(path: string): unknown {
  return parse(readText(path));
}

/** The YAML files of a folder in `schemas/`, by name. */
export function folder(path: string): string[] {
  return readdirSync(join(schemas, path))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(path, name));
}
