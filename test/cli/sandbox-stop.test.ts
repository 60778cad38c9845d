import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callSandbox, control } from '../support/call-sandbox.js';
import { type RunningDdbx, startDdbx } from './killing/process.js';
import {
  addMapping,
  deliveredChanges,
  orderItem,
  type SandboxProcess,
  startSandboxProcess,
} from './killing/sandbox-process.js';

const ORDERS = 6;
const POLLS = 3;

let folder: string;
const running = new Set<RunningDdbx>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-sandbox-stop-'));
});

afterEach(async () => {
  for (const each of running) await each.end('SIGKILL');
  running.clear();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<SandboxProcess> {
  const sandbox = await startSandboxProcess(folder);
  running.add(sandbox.ddbx);
  return sandbox;
}

/** How many long polls wait for messages of the queue work. */
async function waitingReceives(sandbox: SandboxProcess): Promise<number> {
  const { regions } = (await control(sandbox, 'status')) as {
    readonly regions: readonly {
      readonly queues: readonly { readonly queue: string; readonly waitingReceives: number }[];
    }[];
  };
  return regions.flatMap(({ queues }) => queues).find(({ queue }) => queue === 'work')?.waitingReceives ?? 0;
}

async function messagesIn(sandbox: SandboxProcess, queue: string): Promise<readonly unknown[]> {
  const QueueUrl = `${sandbox.url}/111122223333/${queue}`;
  const { Messages } = await callSandbox(sandbox, 'AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  return Array.isArray(Messages) ? Messages : [];
}

describe('a sandbox that is stopped while it is at work', () => {
  const ways = [
    { way: 'SIGINT', exitCode: 130, stop: async (sandbox: SandboxProcess) => await sandbox.ddbx.end('SIGINT') },
    {
      way: 'ddbx sandbox stop',
      exitCode: 0,
      stop: async (sandbox: SandboxProcess) => {
        const stopping = startDdbx(['sandbox', 'stop', '--port', sandbox.port], undefined, '/dev/null');
        running.add(stopping);
        const stopped = await stopping.end();
        expect(stopped).toEqual({ exitCode: 0, stderr: `The sandbox on port ${sandbox.port} has stopped.\n` });
        return await sandbox.ddbx.end();
      },
    },
  ];

  it.each(ways)(
    'by $way answers its long polls, ends its functions and gives nothing up',
    async ({ exitCode, stop }) => {
      const sandbox = await start();
      await writeFile(join(folder, 'hold'), '');
      await addMapping(sandbox, folder);
      for (let change = 1; change <= ORDERS; change += 1) {
        await callSandbox(sandbox, 'DynamoDB_20120810.PutItem', orderItem(change));
      }
      await sandbox.ddbx.until(() => deliveredChanges(folder).length > 0);
      const QueueUrl = `${sandbox.url}/111122223333/work`;
      // A poll that were not ended with the sandbox would see this message, for it waits for longer.
      await callSandbox(sandbox, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 15 });
      const polls = Array.from({ length: POLLS }, () =>
        callSandbox(sandbox, 'AmazonSQS.ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }),
      );
      while ((await waitingReceives(sandbox)) < POLLS) await delay(20);

      const ended = await stop(sandbox);
      expect(ended.exitCode, ended.stderr).toBe(exitCode);
      expect(ended.stderr).toMatch(/The sandbox has stopped\.\n$/);
      expect(await Promise.all(polls)).toEqual(polls.map(() => ({})));
      expect(existsSync(join(folder, 'url'))).toBe(false);
      expect(existsSync(join(folder, 'data', 'sandbox.pid'))).toBe(false);

      // The invocation that was cut off has not failed: it is made again, although the mapping allows no retries.
      await rm(join(folder, 'hold'));
      const before = deliveredChanges(folder).length;
      const again = await start();
      await control(again, 'settleMappings', { advanceMs: 15_000 });
      const changes = deliveredChanges(folder)
        .slice(before)
        .map(({ change }) => change);
      expect(changes.sort((a, b) => a - b)).toEqual(Array.from({ length: ORDERS }, (_, at) => at + 1));
      expect(await messagesIn(again, 'failures')).toEqual([]);
      expect(await messagesIn(again, 'work')).toHaveLength(1);
    },
  );
});
