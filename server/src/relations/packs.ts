import data from './packs.generated.json';
import type { Pack } from './rule';

/** The packs that come with the product, compiled from `schemas/rules/`. */
export const builtInPacks = data as unknown as readonly Pack[];
