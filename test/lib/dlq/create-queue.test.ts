import { beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import type { QueueAttributes } from '../../../src/lib/aws/queue-values.js';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';
import { makeQueue, planQueue, type WantedQueue } from '../../../src/lib/dlq/create-queue.js';
import { fakeClock } from '../../support/fake-clock.js';
import { FakeQueues, fakeQueueUrl } from '../../support/fake-queues.js';

const signal = new AbortController().signal;
const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
const wanted: WantedQueue = {
  queueName: 'orders-failures',
  retentionSeconds: 1_209_600,
  kmsKeyId: undefined,
  tags: { team: 'orders' },
};
let calls: string[];

beforeEach(() => {
  calls = [];
});

/** A queue as it is, or none. */
function queueThere(
  attributes: QueueAttributes | undefined,
  tags: Readonly<Record<string, string>> = {},
): QueuesGateway {
  const note = async (call: string): Promise<void> => {
    calls.push(call);
  };
  return new FakeQueues({ clock: fakeClock(0) }).gateway({
    queueUrl: async () => {
      if (attributes !== undefined) return fakeQueueUrl;
      const about = { service: 'sqs', operation: 'GetQueueUrl', region: 'eu-central-1' };
      throw new AwsError({ kind: 'not-found', code: 'QueueDoesNotExist', message: '', ...about });
    },
    attributes: async () => ({ QueueArn: queueArn, ...attributes }),
    tags: async () => tags,
    createQueue: async input => {
      await note(`create ${JSON.stringify(input)}`);
      return fakeQueueUrl;
    },
    setAttributes: (_url, changed) => note(`set ${JSON.stringify(changed)}`),
    tagQueue: (_url, changed) => note(`tag ${JSON.stringify(changed)}`),
  });
}

async function make(gateway: QueuesGateway, more: Partial<WantedQueue> = {}) {
  return makeQueue(gateway, await planQueue(gateway, { ...wanted, ...more }, signal), signal);
}

describe('a failure queue', () => {
  it('is made with two weeks of retention, encryption and tags', async () => {
    expect(await make(queueThere(undefined))).toEqual({
      queueName: 'orders-failures',
      queueUrl: fakeQueueUrl,
      queueArn,
      outcome: 'created',
    });
    expect(calls).toEqual([
      'create {"queueName":"orders-failures","attributes":{"MessageRetentionPeriod":"1209600","SqsManagedSseEnabled":"true"},"tags":{"team":"orders"}}',
    ]);
  });

  it('that is as wanted is not touched', async () => {
    const there = { MessageRetentionPeriod: '1209600', SqsManagedSseEnabled: 'true' };
    expect(await make(queueThere(there, { team: 'orders', stage: 'live' }))).toMatchObject({ outcome: 'unchanged' });
    expect(calls).toEqual([]);
  });

  it('that differs is given what differs, and no more', async () => {
    const there = { MessageRetentionPeriod: '345600', SqsManagedSseEnabled: 'true' };
    expect(await make(queueThere(there))).toMatchObject({ outcome: 'changed', queueArn });
    expect(calls).toEqual(['set {"MessageRetentionPeriod":"1209600"}', 'tag {"team":"orders"}']);
  });

  it('keeps the key of its owner, and gets another only when one is named', async () => {
    const there = { MessageRetentionPeriod: '1209600', SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/orders' };
    await make(queueThere(there, { team: 'orders' }));
    expect(calls).toEqual([]);
    await make(queueThere(there, { team: 'orders' }), { kmsKeyId: 'alias/failures' });
    expect(calls).toEqual(['set {"KmsMasterKeyId":"alias/failures"}']);
  });
});
