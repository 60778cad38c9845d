// Start-up of the built ddbx over a bare node, in interleaved rounds: medians of the wall time.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const ROUNDS = 15;
const root = new URL('..', import.meta.url).pathname;

const programs = [
  { name: 'node -e 0', argv: ['-e', '0'] },
  { name: 'ddbx --version', argv: ['bin/ddbx.js', '--version'] },
  { name: 'ddbx --help', argv: ['bin/ddbx.js', '--help'] },
  { name: 'ddbx streams tail --help', argv: ['bin/ddbx.js', 'streams', 'tail', '--help'] },
  {
    name: 'ddbx cost estimate',
    argv: [
      'bin/ddbx.js',
      'cost',
      'estimate',
      '--region',
      'us-east-1',
      '--replica',
      'us-east-2',
      '--writes',
      '100M/day',
    ],
  },
] as const;

/** One run's wall time in milliseconds. NODE_EXTRA_CA_CERTS is left out: Node 20 reads it at every start. */
function run(argv: readonly string[]): number {
  const { NODE_EXTRA_CA_CERTS: _left, ...env } = process.env;
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, argv, { cwd: root, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}`);
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (!existsSync(`${root}dist/main.js`)) {
  console.log('start-up: there is no built ddbx; npm run build makes it.');
} else {
  const times = new Map<string, number[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name, argv } of programs) {
      const ms = run(argv);
      // The first round warms the disk's cache.
      if (round > 0) times.get(name)?.push(ms);
    }
  }
  const bare = median(times.get('node -e 0') ?? []);
  for (const { name } of programs) {
    const ms = median(times.get(name) ?? []);
    console.log(`${name.padEnd(26)} ${ms.toFixed(0).padStart(4)} ms  +${(ms - bare).toFixed(0)} ms`);
  }
}
