// Reading full pages of 1.2 KB records into a pipe: the built ddbx against a plain SDK loop, in one run.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const RECORDS_PER_PAGE = 800;
const root = new URL('..', import.meta.url).pathname;
const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const TAIL = ['bin/ddbx.js', 'streams', 'tail', ARN, '--from', 'trim-horizon', '--no-follow'];

interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  readonly pages: number;
}

const contenders: readonly Contender[] = [
  { name: 'plain SDK loop', argv: ['bench/sdk-loop.mjs'], pages: 60 },
  { name: 'ddbx streams tail', argv: TAIL, pages: 600 },
  { name: 'with --event and --key', argv: [...TAIL, '--event', 'modify', '--key', 'pk=order#42'], pages: 300 },
  { name: 'with --record plain', argv: [...TAIL, '--record', 'plain'], pages: 100 },
];

async function main(): Promise<void> {
  if (!existsSync(`${root}dist/main.js`)) {
    console.log('read-stream: there is no built ddbx; npm run build makes it.');
    return;
  }
  let baseline: number | undefined;
  for (const contender of contenders) {
    const perSecond = await measure(contender);
    baseline ??= perSecond;
    const ratio = (perSecond / baseline).toFixed(1);
    console.log(
      `${contender.name.padEnd(24)} ${Math.round(perSecond).toLocaleString('en-US').padStart(9)} records/s  ${ratio} x`,
    );
  }
}

/** Records a second, the start of the process included; it must have written as many lines as there are records. */
async function measure({ name, argv, pages }: Contender): Promise<number> {
  const worker = new Worker(new URL('./canned-pages.mjs', import.meta.url), {
    workerData: { pages, recordsPerPage: RECORDS_PER_PAGE },
  });
  const { port } = await new Promise<{ port: number }>(resolve => worker.once('message', resolve));
  const startedAt = performance.now();
  const lines = await countLines(argv, port);
  const seconds = (performance.now() - startedAt) / 1_000;
  await worker.terminate();
  if (lines !== pages * RECORDS_PER_PAGE)
    throw new Error(`${name} wrote ${lines} lines of ${pages * RECORDS_PER_PAGE}`);
  return lines / seconds;
}

function countLines(argv: readonly string[], port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    });
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    });
    child.once('error', reject);
    child.once('close', () => {
      resolve(lines);
    });
  });
}

await main();
