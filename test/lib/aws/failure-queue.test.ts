import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import { ensureFailureQueue, failureQueueName } from '../../../src/lib/aws/failure-queue.js';
import type { QueueAttributes } from '../../../src/lib/aws/queue-values.js';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';

type Needed = Pick<QueuesGateway, 'queueUrl' | 'createQueue' | 'attributes'>;

/** Queues by name, as far as making one needs them. */
function someQueues(names: readonly string[]) {
  const queues = new Map<string, QueueAttributes>(names.map(name => [name, {}]));
  const gateway: Needed = {
    async queueUrl(name) {
      if (queues.has(name)) return `https://sqs/${name}`;
      throw new AwsError({
        kind: 'not-found',
        code: 'AWS.SimpleQueueService.NonExistentQueue',
        message: 'The specified queue does not exist.',
        service: 'sqs',
        operation: 'GetQueueUrl',
        region: 'eu-central-1',
      });
    },
    async createQueue({ queueName, attributes }) {
      queues.set(queueName, attributes);
      return `https://sqs/${queueName}`;
    },
    async attributes(url) {
      return { QueueArn: `arn:aws:sqs:eu-central-1:111122223333:${url.slice('https://sqs/'.length)}` };
    },
  };
  return { queues, gateway: gateway as QueuesGateway };
}

describe('failureQueueName', () => {
  it.each([
    ['orders-indexer', 'orders-indexer-failures'],
    ['orders-indexer:live', 'orders-indexer-failures'],
    ['arn:aws:lambda:eu-central-1:111122223333:function:orders-indexer:live', 'orders-indexer-failures'],
    ['x'.repeat(140), `${'x'.repeat(71)}-failures`],
  ])('%s', (functionName, queueName) => {
    expect(failureQueueName(functionName)).toBe(queueName);
  });
});

describe('ensureFailureQueue', () => {
  it('makes a queue that keeps messages for 14 days, encrypted', async () => {
    const { queues, gateway } = someQueues([]);
    expect(await ensureFailureQueue(gateway, 'orders-failures')).toEqual({
      queueName: 'orders-failures',
      queueUrl: 'https://sqs/orders-failures',
      queueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-failures',
      created: true,
    });
    expect(queues.get('orders-failures')).toEqual({
      MessageRetentionPeriod: '1209600',
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '300',
    });
  });

  it('takes the one that is there as it is', async () => {
    const { queues, gateway } = someQueues(['orders-failures']);
    expect((await ensureFailureQueue(gateway, 'orders-failures')).created).toBe(false);
    expect(queues.get('orders-failures')).toEqual({});
  });
});
