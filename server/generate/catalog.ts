import { compileCatalog } from '../src/catalog/compile';
import type { CatalogData } from '../src/catalog/data';
import { readText } from './sources';

export function catalogData(): CatalogData {
  const { data, problems } = compileCatalog({
    subjects: {
      functional: readText('catalog/functional.csv'),
      economic: readText('catalog/economic.csv'),
      'economic-government': readText('catalog/economic-government.csv'),
    },
    aliases: readText('catalog/aliases.csv'),
  });
  if (problems.length > 0) throw new Error(`schemas/catalog: ${JSON.stringify(problems, null, 2)}`);
  return data;
}

/**
 * One line per subject: small, and a change shows as the line it is. It is text, not an object, so that
 * it costs a server nothing until a document asks.
 */
export function catalogText({ provenance, subjects, aliases }: CatalogData): string {
  const lines = (list: readonly unknown[]) =>
    `[\n${list.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const lists = Object.entries(subjects).map(
    ([classification, list]) => `${JSON.stringify(classification)}: ${lines(list)}`,
  );
  const json = `{
"provenance": ${lines(provenance)},
"subjects": {
${lists.join(',\n')}
},
"aliases": ${lines(aliases)}
}`;
  return `// Generated from schemas/ by "npm run generate".

export const catalogJson = \`
${json.replace(/[\\`$]/g, '\\$&')}
\`;
`;
}
