// Mocha's build for browsers is a script: it lays `mocha` on the global object.
import 'mocha/mocha.js';
import { retries, type SuiteDefines } from './results';

declare const GOUJI_SUITE: SuiteDefines;

/** Puts describe, it and the rest on the global object; imported before any test, which take the time limit as it is then. */
export const mocha = (globalThis as unknown as { mocha: BrowserMocha }).mocha;
mocha.setup({ ui: 'bdd', timeout: GOUJI_SUITE.timeoutMs, retries });
