import type { Analysis } from '../../server/src/service/analysis';
import { Plain } from '../../server/src/repair/plain';
import { Model } from '../../server/src/repair/solve/model';
import { Situation } from '../../server/src/repair/solve/situation';
import { finish } from '../../server/src/syntax/steps';

/** The figures and relations of a document as the solver takes them. */
export const plainOf = ({ network, disclosure }: Analysis): Plain =>
  finish(Plain.read(network!, disclosure!));

/** The same with how everything stands. */
export const situationOf = (analysis: Analysis): Situation =>
  new Situation(Model.of(plainOf(analysis)));
