import { describe, expect, test } from 'vitest';
import { readDisclosure } from '../../server/src/disclosure/read';
import { languageOf } from '../../server/src/disclosure/recognize';
import { evaluate, type Outcome } from '../../server/src/relations/evaluate';
import { Network } from '../../server/src/relations/network';
import { builtInRulebook } from '../../server/src/relations/rulebook';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';
import { pick, mistype, seeded } from '../support/random';
import { EXAMPLES, wholeText } from '../support/examples';
import { generate } from '../bench/speed/generate';

const FIGURE = /(?<=[:\s])-?\d+(?:\.\d+)?(?=[,}\s])/g;
/** What else people write where a figure stands. */
const OTHERS = ['', '0.00', '—', '1,234.50', '-5.00', '3.5', '12', '自动', '9007199254740993.01'];

/** A text with some of its figures written otherwise. */
function spoil(text: string, random: () => number): string {
  const places = [...text.matchAll(FIGURE)];
  let spoiled = text;
  const chosen = Array.from({ length: 4 }, () => pick(places, random));
  for (const match of chosen.sort((a, b) => b.index - a.index)) {
    const figure = random() < 0.5 ? mistype(match[0], random) : pick(OTHERS, random);
    spoiled = spoiled.slice(0, match.index) + figure + spoiled.slice(match.index + match[0].length);
  }
  return spoiled;
}

const texts = [
  ...EXAMPLES.map((path) => ({ path, text: wholeText(path) })),
  { path: 'flow.disclosure.yaml', text: generate('flow', 'yaml', 60) },
  { path: 'block.disclosure.yaml', text: generate('block', 'yaml', 90) },
];

describe('what is known to hold before it is made a relation', () => {
  test.each(texts.map((source, index) => ({ ...source, index })))(
    'holds as one, whatever the figures: $path',
    ({ path, text, index }) => {
      const random = seeded(300 + index);
      const seen = new Map<Outcome, number>();
      for (let round = 0; round < 25; round++) {
        const { tree } = new SyntaxDocument(
          round === 0 ? text : spoil(text, random),
          languageOf(path),
        );
        const network = new Network(builtInRulebook.packs, readDisclosure(tree));
        for (const { relation, outcome } of network.evaluations) {
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          if (outcome !== 'holds' && outcome !== 'empty') continue;
          const again = evaluate(relation, network.context);
          expect({ id: relation.id, outcome: again.outcome }).toEqual({ id: relation.id, outcome });
          expect(again.measure).toBeDefined();
        }
      }
      expect(seen.get('holds')).toBeGreaterThan(25);
      expect(seen.get('fails')).toBeGreaterThan(25);
    },
    120_000,
  );
});
