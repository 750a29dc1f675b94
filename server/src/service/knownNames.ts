import type { Disclosure } from '../disclosure/model';
import { PROBE } from './completionPlace';

/** What the document calls its indicators, as its register has them. */
export function indicatorNames({ tables }: Disclosure): string[] {
  const register = [...tables.values()].find(({ spec }) => spec.section === 'indicators');
  return written([...(register?.rows.values() ?? [])].map(({ title }) => title));
}

/** The codes by which it calls its projects. */
export function projectCodes({ tables }: Disclosure): string[] {
  return written(
    [...tables.values()].flatMap(({ project, rows }) => [
      // A form that names no project is known by its number.
      project?.node.text.trim() === project?.code ? project?.code : undefined,
      ...[...rows.values()].flatMap((row) => [
        row.project?.code,
        row.section.items === 'project' ? row.title : undefined,
      ]),
    ]),
  );
}

/** Each once, and not the one that is being written. */
function written(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names)].flatMap((name) =>
    name === undefined || name === '' || name.includes(PROBE) ? [] : name,
  );
}
