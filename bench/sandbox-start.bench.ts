// How soon the built sandbox answers, over a bare node, in interleaved rounds: medians of the wall time.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 15;
const BUDGET_MS = 300;
const READY = /http:\/\/127\.0\.0\.1:\d+/;
const root = new URL('..', import.meta.url).pathname;

/** NODE_EXTRA_CA_CERTS is left out: Node 20 reads it at every start. */
const { NODE_EXTRA_CA_CERTS: _left, ...env } = process.env;

const table = {
  TableName: 'Orders',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/** How long a bare node takes, from its start to its end, in milliseconds. */
function bareNode(): number {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, ['-e', '0'], { cwd: root, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`node -e 0 ended with ${status}`);
  return performance.now() - startedAt;
}

/** How long a sandbox takes, from its start until a client has its first answer, in milliseconds; and ends it. */
async function firstAnswer(more: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['bin/ddbx.js', 'sandbox', 'start', '--port', '0', ...more], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>(resolve => {
    child.once('close', () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const ready = READY.exec(said);
      if (ready !== null) resolve(ready[0]);
    });
    child.once('close', code => reject(new Error(`sandbox start ended with ${code}: ${said}`)));
  });
  const answer = await fetch(`${url}/_ddbx/status`);
  await answer.text();
  const ms = performance.now() - startedAt;
  child.kill('SIGINT');
  await ended;
  return ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (!existsSync(`${root}dist/main.js`)) {
  console.log('sandbox-start: there is no built ddbx; npm run build makes it.');
} else {
  const folder = await mkdtemp(join(tmpdir(), 'ddbx-bench-'));
  try {
    // The state that the third one begins with: a table, as a seed made it.
    const seedFile = join(folder, 'seed.json');
    await writeFile(seedFile, JSON.stringify({ tables: [table] }));
    const data = ['--data', join(folder, 'data')];
    await firstAnswer([...data, '--seed', seedFile]);
    const programs = [
      { name: 'node -e 0', run: bareNode },
      { name: 'sandbox start', run: () => firstAnswer([]) },
      { name: 'sandbox start --data', run: () => firstAnswer(data) },
    ] as const;
    const times = new Map<string, number[]>(programs.map(({ name }) => [name, []]));
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { name, run } of programs) {
        const ms = await run();
        // The first round warms the disk's cache.
        if (round > 0) times.get(name)?.push(ms);
      }
    }
    const bare = median(times.get('node -e 0') ?? []);
    for (const { name } of programs) {
      const ms = median(times.get(name) ?? []);
      const budget = name === 'node -e 0' ? '' : `  (budget ${BUDGET_MS} ms)`;
      console.log(`${name.padEnd(22)} ${ms.toFixed(0).padStart(4)} ms  ${(ms / bare).toFixed(1)} x bare node${budget}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
