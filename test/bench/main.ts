/** `npm run bench -- NAME [options]`. */
import { run as folder } from './folder/main';
import { run as repair } from './repair/main';
import { run as speed } from './speed/main';

const benches: Readonly<Record<string, (argv: readonly string[]) => void | Promise<void>>> = {
  folder,
  repair,
  speed,
};

const [name = '', ...argv] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join('|')} [options]`);
  process.exitCode = 2;
} else {
  void Promise.resolve(bench(argv));
}
