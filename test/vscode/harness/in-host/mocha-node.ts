import Mocha from 'mocha';

/** Puts describe, it and the rest on the global object; imported before any test. */
export const mocha = new Mocha({ ui: 'bdd' });
mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
