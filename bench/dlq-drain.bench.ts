// Draining a failure queue into a file: the built ddbx against the serial loop that one writes first, in one run.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFailedBatches } from '../test/cli/killing/failed-batches.js';
import { seededRandom } from '../test/support/seeded-random.js';

const root = new URL('..', import.meta.url).pathname;
const SHARDS = 16;
const MOST_RECORDS = 10;

interface Contender {
  readonly name: string;
  readonly messages: number;
  readonly argv: (file: string, messages: number) => readonly string[];
}

const contenders: readonly Contender[] = [
  // A serial loop does each message by itself, so a part of them tells its pace.
  {
    name: 'serial SDK loop',
    messages: 1_000,
    argv: (file, messages) => ['bench/serial-drain.mjs', file, String(messages)],
  },
  {
    name: 'ddbx dlq drain',
    messages: 20_000,
    argv: file => [
      'bin/ddbx.js',
      'dlq',
      'drain',
      'orders-failures',
      '--to',
      `file:${file}`,
      '--idle-timeout',
      '1s',
      '--output',
      'json',
    ],
  },
];

async function main(): Promise<void> {
  if (!existsSync(`${root}dist/main.js`)) {
    console.log('dlq-drain: there is no built ddbx; npm run build makes it.');
    return;
  }
  let baseline: number | undefined;
  for (const contender of contenders) {
    const perSecond = await measure(contender);
    baseline ??= perSecond;
    const ratio = (perSecond / baseline).toFixed(1);
    console.log(
      `${contender.name.padEnd(16)} ${Math.round(perSecond).toLocaleString('en-US').padStart(7)} messages/s  ${ratio} x`,
    );
  }
}

/** Messages a second, the start of the process and the wait for more at its end included; every record must be in the file. */
async function measure({ name, messages, argv }: Contender): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ddbx-bench-'));
  const failed = await startFailedBatches(messages, seededRandom(20_261_125), folder, {
    shards: SHARDS,
    mostRecords: MOST_RECORDS,
  });
  try {
    const file = join(folder, 'drained.ndjson');
    const startedAt = performance.now();
    await run(argv(file, messages), failed.sandbox.url);
    const seconds = (performance.now() - startedAt) / 1_000;
    const wanted = failed.batches.reduce((sum, batch) => sum + batch.recordIds.length, 0);
    const lines = (await readFile(file)).reduce((count, byte) => (byte === 10 ? count + 1 : count), 0);
    const left = await failed.left();
    if (lines !== wanted || left !== 0)
      throw new Error(`${name}: ${lines} of ${wanted} records in the file, ${left} messages left`);
    return messages / seconds;
  } finally {
    await failed.sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function run(argv: readonly string[], url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    });
    child.once('error', reject);
    child.once('close', code => {
      if (code === 0) resolve();
      else reject(new Error(`${argv.join(' ')} ended with ${String(code)}`));
    });
  });
}

await main();
