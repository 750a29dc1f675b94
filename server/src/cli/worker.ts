import type { MessagePort } from 'node:worker_threads';
import { readCatalogs } from './catalogs';
import { FileChecker, type Options } from './checkFile';
import { Packs } from './packs';
import type { Done, Job } from './pool';

/** Checks the files that it is sent. What is wrong with packs and catalogs the main thread says. */
export function serve(port: MessagePort, options: Options): void {
  const { catalogs, packs, locale } = options;
  const checker = readCatalogs(catalogs, locale, () => undefined).then(
    (catalog) => new FileChecker(options, new Packs(packs, locale), catalog),
  );
  port.on('message', ({ index, path }: Job) => {
    void checker
      .then((ready) => ready.check(path))
      .then((answer) => {
        const done: Done = { index, answer };
        port.postMessage(done);
      });
  });
}
