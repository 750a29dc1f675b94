import type { Entry } from '../syntax/tree';
import type { Problem, Unit } from './model';
import { meantUnit, rewriteIfKnown } from './meant';
import { vocabulary } from './vocabulary';

/** The unit an entry names, or the one in force around it. */
export function readUnit(entry: Entry | undefined, around: Unit, problems: Problem[]): Unit {
  if (!entry?.value) return around;
  const name = entry.value.kind === 'scalar' ? entry.value.text.trim() : '';
  const exponent = Object.hasOwn(vocabulary.units, name) ? vocabulary.units[name] : undefined;
  if (exponent !== undefined) return { name, exponent };
  const known = Object.keys(vocabulary.units);
  problems.push({
    code: 'input.unknown-unit',
    at: entry.value,
    args: { found: name, known: known.join('、') },
    ...rewriteIfKnown(entry.value, meantUnit(name), known),
  });
  return around;
}
