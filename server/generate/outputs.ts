import { catalogData, catalogText } from './catalog';
import { packData } from './packs';
import { vocabularyData } from './vocabulary';

const json = (data: unknown) => `${JSON.stringify(data, null, 1)}\n`;

/** Every generated file with the text it must have. */
export function outputs(): Map<string, string> {
  const vocabulary = vocabularyData();
  return new Map([
    ['server/src/disclosure/vocabulary.generated.json', json(vocabulary)],
    ['server/src/relations/packs.generated.json', json(packData(vocabulary))],
    ['server/src/catalog/catalog.generated.json', catalogText(catalogData())],
  ]);
}
