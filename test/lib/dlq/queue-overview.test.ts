import { beforeEach, describe, expect, it } from 'vitest';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';
import { type OverviewOptions, queueOverview } from '../../../src/lib/dlq/queue-overview.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { type FakeMapping, fakeFunctionArn, fakeMappings, fakeUuid } from '../../support/fake-mappings.js';
import { FakeQueues } from '../../support/fake-queues.js';
import { failureBody } from './samples.js';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22, 12);
const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
let clock: FakeClock;
let queues: FakeQueues;

beforeEach(() => {
  clock = fakeClock(NOW_MS);
  queues = new FakeQueues({ clock });
});

function overview(
  mappings: readonly FakeMapping[],
  more: Partial<OverviewOptions> = {},
  gateway: QueuesGateway = queues.gateway(),
) {
  return queueOverview({
    mappings: fakeMappings(clock, mappings),
    queues: async () => gateway,
    tableName: undefined,
    functionName: undefined,
    looks: 20,
    clock,
    signal: new AbortController().signal,
    ...more,
  });
}

const to = (onFailure: string, uuid = 1, functionName = 'orders-indexer'): FakeMapping => ({
  uuid: fakeUuid(uuid),
  functionArn: fakeFunctionArn(functionName),
  settings: { onFailure },
});

describe('an overview of failure queues', () => {
  it('has each queue once, with its mappings, depth, age and urgency', async () => {
    queues.put(failureBody({ writtenAtMs: NOW_MS - 20 * HOUR_MS }));
    clock.advance(HOUR_MS);
    queues.put(failureBody({ writtenAtMs: NOW_MS }));
    const { queues: found, without } = await overview([to(QUEUE_ARN), to(QUEUE_ARN, 2, 'mailer')]);
    expect(without).toEqual([]);
    expect(found).toEqual([
      {
        destinationArn: QUEUE_ARN,
        name: 'orders-failures',
        kind: 'queue',
        mappings: [
          { uuid: fakeUuid(1), tableName: 'Orders', functionName: 'orders-indexer', state: 'Enabled' },
          { uuid: fakeUuid(2), tableName: 'Orders', functionName: 'mailer', state: 'Enabled' },
        ],
        depth: 2,
        inFlight: 0,
        oldestSentAtMs: NOW_MS,
        soonestExpiryMs: NOW_MS + 4 * HOUR_MS,
        exact: true,
        problem: undefined,
      },
    ]);
    expect(queues.visible()).toHaveLength(2);
  });

  it('does not look where looking would do harm, or is not wanted', async () => {
    queues = new FakeQueues({ clock, attributes: { RedrivePolicy: '{"maxReceiveCount":"3"}' } });
    queues.put(failureBody());
    const [guarded] = (await overview([to(QUEUE_ARN)])).queues;
    expect(guarded).toMatchObject({ depth: 1, soonestExpiryMs: undefined, exact: false });

    queues = new FakeQueues({ clock });
    queues.put(failureBody());
    await overview([to(QUEUE_ARN)], { looks: 0 });
    expect(queues.calls).toEqual([]);
  });

  it('knows topics and buckets by name, and mappings that send their failures nowhere', async () => {
    const { queues: found, without } = await overview([
      to('arn:aws:sns:eu-central-1:111122223333:failures'),
      to('arn:aws:s3:::failures', 2),
      to('', 3, 'mailer'),
    ]);
    expect(found.map(({ name, kind, depth }) => ({ name, kind, depth }))).toEqual([
      { name: 'failures', kind: 'topic', depth: undefined },
      { name: 'failures', kind: 'bucket', depth: undefined },
    ]);
    expect(without).toMatchObject([{ functionName: 'mailer' }]);
  });

  it('is of one table, or of one function with any alias', async () => {
    const all = [to(QUEUE_ARN), to(QUEUE_ARN, 2, 'mailer:live')];
    expect((await overview(all, { functionName: 'mailer' })).queues[0]?.mappings).toHaveLength(1);
    expect((await overview(all, { tableName: 'Customers' })).queues).toEqual([]);
  });

  it('says what is wrong with a queue, and shows the others', async () => {
    const gone = 'arn:aws:sqs:eu-central-1:111122223333:gone';
    const { queues: found } = await overview([to(gone), to(QUEUE_ARN, 2)]);
    expect(found.map(({ name, problem }) => [name, problem])).toEqual([
      ['gone', 'there is no such queue'],
      ['orders-failures', undefined],
    ]);
  });

  it('leaves out what reads something else than a table', async () => {
    const kinesis = {
      eventSourceArn: 'arn:aws:kinesis:eu-central-1:111122223333:stream/clicks',
      settings: { onFailure: QUEUE_ARN },
    };
    expect(await overview([kinesis])).toEqual({ queues: [], without: [] });
  });
});
