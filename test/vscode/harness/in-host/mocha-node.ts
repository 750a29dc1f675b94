import Mocha from 'mocha';
import { retries, type SuiteDefines } from './results';

declare const GOUJI_SUITE: SuiteDefines;

/** Puts describe, it and the rest on the global object; imported before any test, which take the time limit as it is then. */
export const mocha = new Mocha({ ui: 'bdd', timeout: GOUJI_SUITE.timeoutMs, retries });
mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
