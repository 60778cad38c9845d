import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest, callSandbox, control } from '../support/call-sandbox.js';
import { seededRandom } from '../support/seeded-random.js';
import { cutTornLine, type RunningDdbx, startDdbx } from './killing/process.js';
import {
  addMapping,
  deliveredChanges,
  orderItem,
  type SandboxProcess,
  startSandboxProcess,
} from './killing/sandbox-process.js';
import { streamLines } from './killing/stream-lines.js';

const KILLS = 4;
const LEAST_BATCH_SIZE = 10;

let folder: string;
let random: () => number;
const running = new Set<RunningDdbx>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-sandbox-kill-'));
  random = seededRandom(20_261_125);
});

afterEach(async () => {
  for (const each of running) await each.end('SIGKILL');
  running.clear();
  await rm(folder, { recursive: true, force: true });
});

/** What a sandbox had answered at some time. */
interface Answered {
  /** Changes that were put as items. */
  readonly items: readonly number[];
  /** Numbers that were sent as messages. */
  readonly messages: readonly number[];
  /** Sequence numbers of records that the mapping is done with. */
  readonly done: readonly string[];
  /** The batch sizes that the mapping was given, each greater than the one before. */
  readonly batchSizes: readonly number[];
}

/** What was answered while a saved state lay on the disk. */
interface Sight extends Answered {
  /** Which state that was. */
  readonly saved: string;
}

/** Which of the saved states is on the disk. */
function savedState(): string {
  const { ino, mtimeNs } = statSync(join(folder, 'data', 'state.json'), { bigint: true });
  return `${ino} ${mtimeNs}`;
}

/**
 * What the state on the disk holds for certain. One is saved after the other: the text of the last one was made when
 * the one before had been written, and so after everything that was seen while the one before that was there.
 */
function certainOf(sights: readonly Sight[]): Answered | undefined {
  const states = [...new Set([...sights.map(({ saved }) => saved), savedState()])];
  const secondBefore = states.at(-3);
  return sights.findLast(({ saved }) => saved === secondBefore);
}

/** Numbers in their order. */
function sorted(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

async function itemsOf(sandbox: SandboxProcess): Promise<ReadonlySet<number>> {
  const { Items } = (await callSandbox(sandbox, 'DynamoDB_20120810.Scan', { TableName: 'Orders' })) as {
    readonly Items: readonly { readonly change: { readonly N: string } }[];
  };
  return new Set(Items.map(({ change }) => Number(change.N)));
}

/** The messages of the queue work, which stay there. */
async function messagesOf(sandbox: SandboxProcess): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (;;) {
    const { Messages } = (await callSandbox(sandbox, 'AmazonSQS.ReceiveMessage', {
      QueueUrl: `${sandbox.url}/111122223333/work`,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
    })) as { readonly Messages?: readonly { readonly Body: string }[] };
    if (Messages === undefined) break;
    for (const { Body } of Messages) found.add(Number(Body));
  }
  await control(sandbox, 'advanceClock', { ms: 601_000 });
  return found;
}

async function doneRecords(sandbox: SandboxProcess): Promise<readonly string[]> {
  const { deliveries } = (await control(sandbox, 'dumpDeliveries')) as {
    readonly deliveries: readonly { readonly outcome: string; readonly sequenceNumbers: readonly string[] }[];
  };
  return deliveries.filter(({ outcome }) => outcome === 'succeeded').flatMap(each => each.sequenceNumbers);
}

describe('a sandbox with --data that is killed while things change', () => {
  it('has what was answered, and its mapping goes on at its checkpoint', async () => {
    let answered = { items: [] as number[], messages: [] as number[], batchSizes: [] as number[] };
    let change = 0;
    let mapping: string | undefined;

    const start = async (): Promise<SandboxProcess> => {
      const sandbox = await startSandboxProcess(folder);
      running.add(sandbox.ddbx);
      return sandbox;
    };
    /** Puts an item, sends a message, and now and then changes the mapping. */
    const work = async (sandbox: SandboxProcess, uuid: string): Promise<void> => {
      change += 1;
      const own = change;
      await callSandbox(sandbox, 'DynamoDB_20120810.PutItem', orderItem(own));
      answered.items.push(own);
      const QueueUrl = `${sandbox.url}/111122223333/work`;
      await callSandbox(sandbox, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody: String(own) });
      answered.messages.push(own);
      if (own % 7 !== 0) return;
      // While the last change of it is being applied, another one is refused.
      const size = LEAST_BATCH_SIZE + own;
      await callRest(sandbox, 'PUT', `/2015-03-31/event-source-mappings/${uuid}`, { BatchSize: size }).then(
        () => answered.batchSizes.push(size),
        () => {},
      );
    };

    for (let kill = 0; kill < KILLS; kill += 1) {
      const sandbox = await start();
      const uuid = (mapping ??= await addMapping(sandbox, folder));
      const sights: Sight[] = [];
      while ((certainOf(sights)?.done.length ?? 0) === 0) {
        await work(sandbox, uuid);
        const { items, messages, batchSizes } = answered;
        const seen = { items: [...items], messages: [...messages], batchSizes: [...batchSizes] };
        // What was answered until now was answered while this state is there, whichever it is.
        sights.push({ ...seen, done: await doneRecords(sandbox), saved: savedState() });
      }
      // Killed in the middle of calls, and of a save perhaps.
      const calls = Promise.allSettled(Array.from({ length: 8 }, () => work(sandbox, uuid)));
      await delay(random() * 300);
      const { exitCode, stderr } = await sandbox.ddbx.end('SIGKILL');
      expect(exitCode, stderr).toBeNull();
      running.delete(sandbox.ddbx);
      await calls;
      cutTornLine(join(folder, 'delivered.ndjson'));
      const certain = certainOf(sights);
      const before = deliveredChanges(folder).length;

      const again = await start();
      const items = await itemsOf(again);
      const messages = await messagesOf(again);
      expect(
        certain?.items.filter(each => !items.has(each)),
        `items after kill ${kill}`,
      ).toEqual([]);
      expect(
        certain?.messages.filter(each => !messages.has(each)),
        `messages after kill ${kill}`,
      ).toEqual([]);
      const { BatchSize } = await callRest(again, 'GET', `/2015-03-31/event-source-mappings/${uuid}`);
      expect(BatchSize).toBeGreaterThanOrEqual(certain?.batchSizes.at(-1) ?? LEAST_BATCH_SIZE);
      await control(again, 'settleMappings');
      const repeated = deliveredChanges(folder).slice(before);
      const done = new Set(certain?.done);
      expect(
        repeated.filter(({ sequenceNumber }) => done.has(sequenceNumber)),
        `kill ${kill}`,
      ).toEqual([]);
      // What was lost with the moment before the kill is lost.
      answered = { items: [...items], messages: [...messages], batchSizes: [Number(BatchSize)] };
      await again.ddbx.end('SIGINT');
      running.delete(again.ddbx);
    }

    expect(answered.batchSizes).not.toEqual([LEAST_BATCH_SIZE]);

    const last = await start();
    const exported = join(folder, 'orders.ndjson');
    const { exitCode, stderr } = await startDdbx(
      ['streams', 'export', 'Orders', '--to', exported],
      last.url,
      '/dev/null',
    ).end();
    expect(exitCode, stderr).toBe(0);
    const records = sorted(streamLines(exported).map(line => line.change));
    expect(records).toEqual(sorted([...(await itemsOf(last))]));
    const delivered = new Set(deliveredChanges(folder).map(each => each.change));
    expect(
      records.filter(each => !delivered.has(each)),
      'records that were not delivered',
    ).toEqual([]);
    const failures = `${last.url}/111122223333/failures`;
    expect(await callSandbox(last, 'AmazonSQS.ReceiveMessage', { QueueUrl: failures })).toEqual({});
  });

  it('refuses a second sandbox on its folder, and lets one in when it was killed', async () => {
    const first = await startSandboxProcess(folder);
    running.add(first.ddbx);
    const second = startDdbx(
      ['sandbox', 'start', '--port', '0', '--data', join(folder, 'data')],
      undefined,
      '/dev/null',
    );
    running.add(second);
    const refused = await second.end();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('is used by another sandbox, process ');
    await callSandbox(first, 'DynamoDB_20120810.PutItem', orderItem(1));
    await first.ddbx.end('SIGKILL');
    const third = await startSandboxProcess(folder);
    running.add(third.ddbx);
    expect((await third.ddbx.end('SIGINT')).exitCode).toBe(130);
  });
});
