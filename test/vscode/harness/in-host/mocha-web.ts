// Mocha's build for browsers is a script: it lays `mocha` on the global object.
import 'mocha/mocha.js';

/** Puts describe, it and the rest on the global object; imported before any test. */
export const mocha = (globalThis as unknown as { mocha: BrowserMocha }).mocha;
mocha.setup({ ui: 'bdd' });
