/** `npm run bench -- NAME [options]`. */
import { run as repair } from './repair/main';

const benches: Readonly<Record<string, (argv: readonly string[]) => void | Promise<void>>> = {
  repair,
};

const [name = '', ...argv] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join('|')} [options]`);
  process.exitCode = 2;
} else {
  void Promise.resolve(bench(argv));
}
