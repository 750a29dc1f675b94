/** What is to be said of how a file is written. */
import type { Disclosure, Problem } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { Cause } from '../repair/cause';
import { aloneProblems } from './codeAlone';
import { atStrays } from './doubledCode';
import { leftOutProblems } from './leftOutTables';
import { detailProblems } from './lostDetail';
import { withListed, withoutMiscoded } from './miscodedCodes';
import { withoutMisplaced } from './misplaced';
import { rowsNeededProblems } from './rowsNeeded';
import { syntaxProblems } from './syntaxProblems';
import { uncheckedProblems } from './uncheckedProblems';
import { unitProblems } from './unitProblems';

interface Said {
  /** Of keys and values as they are read. */
  readonly written: readonly Problem[];
  /** Of subject codes and their names. */
  readonly codes: readonly Problem[];
  /** Of figures that are none. */
  readonly figures: readonly Problem[];
  readonly disclosure: Disclosure;
  readonly network: Network;
  readonly causes: readonly Cause[];
}

/** The same for a text read anew and for one that was followed. */
export function problemsIn({
  written,
  codes,
  figures,
  disclosure,
  network,
  causes,
}: Said): Problem[] {
  const { tree } = disclosure;
  const isMeant = ({ at }: Problem) =>
    codes.some((one) => one.code === 'code.meant' && one.at === at);
  const alone = aloneProblems(disclosure).filter((problem) => !isMeant(problem));
  // That another table has it under its right code says more than where it stands.
  const isTold = ({ code, at }: Problem) =>
    code === 'code.orphan' && alone.some((one) => one.at === at);
  const listed = withListed(codes, network.facts).filter((problem) => !isTold(problem));
  const ofCodes = withoutMiscoded([...listed, ...alone], causes);
  return withoutMisplaced(
    [
      ...atStrays([...syntaxProblems(tree), ...written], disclosure),
      ...ofCodes,
      ...figures,
      ...unitProblems(disclosure, causes),
      ...leftOutProblems(disclosure, network),
      ...detailProblems(disclosure, causes, ofCodes),
      ...rowsNeededProblems(disclosure, causes),
      ...uncheckedProblems(network, tree),
    ],
    tree,
  );
}
