/** A cell left to the server that no relation computes, written with what the other figures leave for it. */
import type { Problem } from '../disclosure/model';
import { Localization } from '../repair/localization';
import { parse } from '../syntax/parse';
import type { Analysis } from './analysis';
import { evaluateTree, locateCauses } from './analyze';
import { editCell } from './edits';
import type { Fix } from './fixes';
import { impliedValues } from './impliedValues';
import { message, type Locale } from './messages';
import { apply } from './textChanges';

/** As if it were blank: what the figures around say of a blank is what is meant. */
export function undefinedFix({ code, cell }: Problem, analysis: Analysis, locale: Locale): Fix[] {
  const { tree, settings } = analysis;
  if (code !== 'input.derived-undefined' || !cell) return [];
  const emptied = editCell(cell, '', tree);
  if (!emptied) return [];
  const supposed = parse(apply(tree.text, [emptied]), tree.language);
  const { disclosure, network } = evaluateTree(supposed, settings);
  const localization = new Localization(network, disclosure);
  const causes = locateCauses(localization, network, disclosure, settings);
  const values = impliedValues(cell.id, { causes, tree: supposed }, locale);
  const texts = [...new Set(values.map(({ text }) => text))];
  return texts.flatMap((text): Fix[] => {
    const edit = editCell(cell, text, tree);
    const title = message(locale, 'fix.value', { value: text });
    return edit ? [{ title, preferred: false, edits: [edit] }] : [];
  });
}
