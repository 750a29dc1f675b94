import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';

const folder = path.join(__dirname, '../../.github/workflows');

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        needs?: string;
        steps: readonly { run?: string; uses?: string; env?: Record<string, string> }[];
      }
    >
  >;
}

const workflow = (name: string) => parse(readFileSync(path.join(folder, name), 'utf8')) as Workflow;

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe('workflows', () => {
  it.each(readdirSync(folder))('%s runs scripts that there are', (name) => {
    const runs = stepsOf(workflow(name)).flatMap(({ run }) => run ?? []);
    for (const [, script] of runs.join('\n').matchAll(/npm run ([\w:-]+)/g)) {
      expect(Object.keys(manifest.scripts)).toContain(script);
    }
  });

  it('publishes to both marketplaces and npm what was tested, with secrets by name only', () => {
    const publish = workflow('publish.yml');
    const { package: made, ...published } = publish.jobs;
    expect(made!.steps.some(({ run }) => run === '.ci/run')).toBe(true);
    expect(Object.values(published).map(({ needs }) => needs)).toEqual(Array(3).fill('package'));
    const runs = stepsOf(publish)
      .flatMap(({ run }) => run ?? [])
      .join('\n');
    for (const tool of ['vsce publish', 'ovsx', 'npm publish']) expect(runs).toContain(tool);
    const environment = stepsOf(publish).flatMap(({ env }) => Object.values(env ?? {}));
    expect(environment.sort()).toEqual(
      ['NPM_TOKEN', 'OVSX_PAT', 'VSCE_PAT'].map((secret) => `\${{ secrets.${secret} }}`),
    );
  });
});
