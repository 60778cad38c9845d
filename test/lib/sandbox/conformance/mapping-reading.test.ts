import { BatchWriteItemCommand, UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import {
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/lib/model/clock.js';
import { failsBad, type MappingFixture, printingHandler, startMappingFixture } from '../mapping-fixture.js';

let fixture: MappingFixture;

beforeEach(async () => {
  fixture = await startMappingFixture();
  await fixture.addFunction(printingHandler());
});
afterEach(async () => {
  await fixture.close();
});

const update = async (UUID: string, more: Omit<UpdateEventSourceMappingCommandInput, 'UUID'>) => {
  await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...more }));
  fixture.nextState();
  await fixture.settle();
};
const filters = (...patterns: readonly object[]): Partial<CreateEventSourceMappingCommandInput> => ({
  FilterCriteria: { Filters: patterns.map(pattern => ({ Pattern: JSON.stringify(pattern) })) },
});
const numbered = (count: number, prefix = 'o') => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

describe('the event that a function gets', () => {
  it('B.7: is the record of GetRecords with the stream’s ARN', async () => {
    await fixture.put('o1');
    await fixture.createAtRest();
    expect(fixture.events()).toEqual([
      {
        Records: [
          {
            eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
            eventName: 'INSERT',
            eventVersion: '1.1',
            eventSource: 'aws:dynamodb',
            awsRegion: 'us-east-1',
            dynamodb: {
              ApproximateCreationDateTime: expect.any(Number),
              Keys: { pk: { S: 'o1' } },
              NewImage: { pk: { S: 'o1' }, at: { S: 'o1 now' } },
              SequenceNumber: expect.stringMatching(/^\d{21}$/),
              SizeBytes: expect.any(Number),
              StreamViewType: 'NEW_AND_OLD_IMAGES',
            },
            eventSourceARN: fixture.streamArn,
          },
        ],
      },
    ]);
  });

  it('B.7: names the TTL service as Lambda writes it, and keeps binary values in base64', async () => {
    await fixture.dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: 'Orders',
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      }),
    );
    fixture.nextState();
    const Item = { pk: { S: 'old' }, expires: { N: '1700000000' }, blob: { B: Buffer.from([255, 0]) } };
    await fixture.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item } }] } }));
    fixture.harness.sandbox.control.sweepTtl();
    await fixture.createAtRest();
    const [first, second] = fixture.events()[0]?.Records ?? [];
    expect(first).toMatchObject({ dynamodb: { NewImage: { blob: { B: '/wA=' } } } });
    expect(first).not.toHaveProperty('userIdentity');
    expect(second).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });
});

describe('where a mapping begins', () => {
  it('B.1: at the oldest record with TRIM_HORIZON', async () => {
    await fixture.put('before');
    await fixture.createAtRest();
    await fixture.put('after');
    await fixture.settle();
    expect(fixture.batches()).toEqual([['before'], ['after']]);
  });

  it('B.1: at the time when it is enabled with LATEST, so that it misses what is written while it is created', async () => {
    await fixture.put('before');
    await fixture.create({ StartingPosition: 'LATEST' });
    await fixture.put('meanwhile');
    fixture.nextState();
    fixture.nextState();
    await fixture.settle();
    await fixture.put('after');
    await fixture.settle();
    expect(fixture.batches()).toEqual([['after']]);
  });

  it('B.1: at the beginning of every shard that appears after LATEST', async () => {
    await fixture.createAtRest({ StartingPosition: 'LATEST' });
    fixture.harness.sandbox.control.splitShard({ table: 'Orders' });
    await fixture.put(...numbered(6));
    await fixture.settle();
    expect(fixture.batches().flat().toSorted()).toEqual(numbered(6));
  });

  it('B.2: where it stood when it is enabled again, without a record lost or doubled', async () => {
    const uuid = await fixture.createAtRest();
    await fixture.put('a', 'b');
    await fixture.settle();
    await update(uuid, { Enabled: false });
    await fixture.put('c', 'd');
    await fixture.settle();
    expect(fixture.batches().flat()).toEqual(['a', 'b']);
    await update(uuid, { Enabled: true });
    expect(fixture.batches().flat()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('B.1: anew when it is deleted and created again', async () => {
    const UUID = await fixture.createAtRest();
    await fixture.put('a');
    await fixture.settle();
    await fixture.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    fixture.nextState();
    await fixture.put('b');
    await fixture.settle();
    await fixture.createAtRest();
    expect(fixture.batches()).toEqual([['a'], ['a', 'b']]);
  });

  it('does not read while it is disabled, nor after it is deleted', async () => {
    const UUID = await fixture.createAtRest({ Enabled: false });
    await fixture.put('a');
    await fixture.settle(60_000);
    await fixture.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    await fixture.settle(60_000);
    expect(fixture.events()).toEqual([]);
  });
});

describe('shards', () => {
  it('A.2: a child is read when its parent is dealt with, however often shards split', async () => {
    const { control } = fixture.harness.sandbox;
    for (const round of ['1', '2', '3']) {
      await fixture.put(...numbered(4, 'item'), `only${round}`);
      for (const { ShardId } of await openShards()) control.splitShard({ table: 'Orders', shardId: ShardId });
      await fixture.harness.dynamodb().send(
        new BatchWriteItemCommand({
          RequestItems: {
            Orders: numbered(4, 'item').map(pk => ({ PutRequest: { Item: { pk: { S: pk }, round: { S: round } } } })),
          },
        }),
      );
    }
    await fixture.createAtRest({ BatchSize: 3 });
    const records = fixture.events().flatMap(event => event.Records);
    for (const key of numbered(4, 'item')) {
      const numbers = records
        .filter(({ dynamodb }) => dynamodb.Keys.pk.S === key)
        .map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
      expect(numbers).toHaveLength(6);
      expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    }
  });

  it('A.2: a child waits while its parent is blocked', async () => {
    await fixture.addFunction(printingHandler(failsBad));
    await fixture.put('bad');
    fixture.harness.sandbox.control.rollShard({ table: 'Orders' });
    await fixture.put('good');
    await fixture.createAtRest({ MaximumRetryAttempts: 1 });
    expect(fixture.batches()).toEqual([['bad']]);
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([['bad'], ['bad'], ['good']]);
  });

  it('A.4: a disabled stream is read to its end', async () => {
    const uuid = await fixture.createAtRest({ MaximumBatchingWindowInSeconds: 300 });
    await fixture.put('last');
    const StreamSpecification = { StreamEnabled: false };
    await fixture.dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', StreamSpecification }));
    await fixture.put('unseen');
    await fixture.settle();
    expect(fixture.batches()).toEqual([['last']]);
    expect(await fixture.get(uuid)).toMatchObject({ State: 'Enabled', LastProcessingResult: 'OK' });
  });

  const openShards = async () => {
    const { StreamDescription } = await fixture.harness
      .streams()
      .send(new DescribeStreamCommand({ StreamArn: fixture.streamArn }));
    return (StreamDescription?.Shards ?? [])
      .filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined)
      .map(({ ShardId = '' }) => ({ ShardId }));
  };
});

describe('batches', () => {
  it('B.1: hold at most BatchSize records, in order', async () => {
    await fixture.put(...numbered(7));
    await fixture.createAtRest({ BatchSize: 3 });
    expect(fixture.batches()).toEqual([numbered(7).slice(0, 3), numbered(7).slice(3, 6), ['o6']]);
  });

  it('B.1: weigh at most 6 MB', async () => {
    for (const pk of numbered(20)) {
      const Item = { pk: { S: pk }, text: { S: 'x'.repeat(390 * 1024) } };
      await fixture.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item } }] } }));
    }
    await fixture.addFunction('export const handler = async event => console.log(JSON.stringify(event).length);');
    await fixture.createAtRest();
    const bytes = fixture.harness.log.map(line => Number(line.replace('[orders] ', '')));
    expect(bytes).toHaveLength(2);
    for (const each of bytes) expect(each).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(fixture.invocations().map(({ sequenceNumbers }) => sequenceNumbers.length)).toEqual([15, 5]);
  });

  it('B.1: wait for the batching window to pass', async () => {
    await fixture.createAtRest({ MaximumBatchingWindowInSeconds: 10 });
    await fixture.put('a');
    await fixture.settle(9_000);
    await fixture.put('b');
    await fixture.settle();
    expect(fixture.batches()).toEqual([]);
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([['a', 'b']]);
  });

  it('B.1: do not wait any longer when they are full, or when the shard has ended', async () => {
    await fixture.createAtRest({ MaximumBatchingWindowInSeconds: 300, BatchSize: 2 });
    await fixture.put('a', 'b', 'c');
    await fixture.settle();
    expect(fixture.batches()).toEqual([['a', 'b']]);
    fixture.harness.sandbox.control.rollShard({ table: 'Orders' });
    await fixture.settle();
    expect(fixture.batches()).toEqual([['a', 'b'], ['c']]);
  });
});

describe('ParallelizationFactor', () => {
  it('B.1: keeps the order of each item, and lets other items pass a blocked one', async () => {
    await fixture.addFunction(printingHandler(failsBad));
    const keys = ['bad', ...numbered(12), 'bad', ...numbered(12)];
    await fixture.put('bad', ...numbered(12));
    for (const pk of keys.slice(13)) {
      const Item = { pk: { S: pk }, again: { BOOL: true } };
      await fixture.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item } }] } }));
    }
    await fixture.createAtRest({ ParallelizationFactor: 10, BatchSize: 1 });
    const done = fixture.invocations().filter(({ outcome }) => outcome === 'succeeded');
    expect(done.length).toBeGreaterThan(12);
    const byKey = new Map<string, bigint[]>();
    for (const event of fixture.events()) {
      for (const { dynamodb } of event.Records) {
        const numbers = byKey.get(dynamodb.Keys.pk.S) ?? [];
        byKey.set(dynamodb.Keys.pk.S, [...numbers, BigInt(dynamodb.SequenceNumber)]);
      }
    }
    for (const numbers of byKey.values()) expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('repeats rather than loses when it is changed', async () => {
    await fixture.addFunction(printingHandler(failsBad));
    await fixture.put('bad', ...numbered(12));
    const uuid = await fixture.createAtRest({ ParallelizationFactor: 4, BatchSize: 2 });
    await fixture.addFunction(printingHandler());
    await update(uuid, { ParallelizationFactor: 1 });
    expect(fixture.batches().slice(-7).flat()).toEqual(['bad', ...numbered(12)]);
  });
});

describe('filters', () => {
  it('B.6: let through what one of them matches, and move on behind the rest', async () => {
    await fixture.put('keep1', 'drop1', 'take1', 'drop2');
    const uuid = await fixture.createAtRest({
      ...filters(
        { dynamodb: { Keys: { pk: { S: [{ prefix: 'keep' }] } } } },
        { dynamodb: { Keys: { pk: { S: ['take1'] } } } },
      ),
    });
    expect(fixture.batches()).toEqual([['keep1', 'take1']]);
    await update(uuid, { FilterCriteria: {} });
    await fixture.put('drop3');
    await fixture.settle();
    expect(fixture.batches()).toEqual([['keep1', 'take1'], ['drop3']]);
  });

  it('B.6: are judged on the record as Lambda delivers it', async () => {
    await fixture.put('a');
    await fixture.createAtRest(filters({ eventName: ['INSERT'], eventSourceARN: [fixture.streamArn] }));
    expect(fixture.batches()).toEqual([['a']]);
  });

  it('B.6: can let nothing through: then the function is never called', async () => {
    await fixture.put(...numbered(10));
    await fixture.createAtRest(filters({ eventName: ['REMOVE'] }));
    await fixture.settle(3_600_000);
    expect(fixture.events()).toEqual([]);
  });

  it('B.1: fill batches with what they let through', async () => {
    await fixture.put('a', 'x1', 'b', 'x2', 'c');
    await fixture.createAtRest({
      BatchSize: 2,
      ...filters({ dynamodb: { Keys: { pk: { S: [{ 'anything-but': { prefix: 'x' } }] } } } }),
    });
    expect(fixture.batches()).toEqual([['a', 'b'], ['c']]);
  });
});

describe('without a clock that stands still', () => {
  it('a mapping works by itself, without any request', async () => {
    await fixture.close();
    fixture = await startMappingFixture({
      clock: systemClock,
      statusDelayMs: 20,
    });
    await fixture.addFunction(printingHandler());
    await fixture.put('a');
    await fixture.create();
    await expect.poll(() => fixture.batches()).toEqual([['a']]);
  });
});
