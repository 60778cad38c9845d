import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START_MS } from '../harness.js';
import { failsBad, type MappingFixture, printingHandler, startMappingFixture } from '../mapping-fixture.js';

let fixture: MappingFixture;
let cloudwatch: CloudWatchClient;

beforeEach(async () => {
  fixture = await startMappingFixture();
  await fixture.addFunction(printingHandler(failsBad));
  cloudwatch = new CloudWatchClient({
    endpoint: fixture.harness.sandbox.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
});
afterEach(async () => {
  cloudwatch.destroy();
  await fixture.close();
});

const metric = async (MetricName: string, Stat: string, dimensions: Readonly<Record<string, string>>) => {
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(START_MS - 3_600_000),
      EndTime: new Date(START_MS + 7_200_000),
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 86_400,
            Stat,
          },
        },
      ],
    }),
  );
  return MetricDataResults?.[0]?.Values?.[0];
};

const filter = {
  FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"bad"},"a","b"]}}}}' }] },
};

describe('the metrics of a mapping', () => {
  it('F: counts events when MetricsConfig asks for EventCount', async () => {
    await fixture.harness.sqs().send(new CreateQueueCommand({ QueueName: 'failures' }));
    await fixture.put('a', 'x', 'b', 'bad');
    const uuid = await fixture.createAtRest({
      ...filter,
      MetricsConfig: { Metrics: ['EventCount'] },
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:failures' } },
    });
    const dimensions = { EventSourceMappingUUID: uuid };
    const names = [
      'PolledEventCount',
      'FilteredOutEventCount',
      'InvokedEventCount',
      'FailedInvokeEventCount',
      'DroppedEventCount',
      'OnFailureDestinationDeliveredEventCount',
    ];
    expect(fixture.batches()).toEqual([['a', 'b', 'bad'], ['a', 'b'], ['bad']]);
    expect(await Promise.all(names.map(name => metric(name, 'Sum', dimensions)))).toEqual([4, 1, 6, 4, 1, 1]);
  });

  it('F: counts none otherwise', async () => {
    await fixture.put('a');
    const uuid = await fixture.createAtRest();
    expect(await metric('PolledEventCount', 'Sum', { EventSourceMappingUUID: uuid })).toBeUndefined();
  });

  it('F: IteratorAge is the age of the last record of a batch when it is handed over', async () => {
    await fixture.put('bad');
    await fixture.createAtRest({ MaximumRetryAttempts: 2 });
    await fixture.settle(30_000);
    // Two changes of state, and pauses of one and two seconds, after the record was written.
    expect(await metric('IteratorAge', 'Maximum', { FunctionName: 'orders' })).toBe(3_200);
  });

  it('F: Invocations, Errors and Duration of the function', async () => {
    await fixture.put('a', 'bad');
    await fixture.createAtRest({ MaximumRetryAttempts: 0, BatchSize: 1 });
    for (const dimensions of [{ FunctionName: 'orders' }, { FunctionName: 'orders', Resource: 'orders' }]) {
      expect(await metric('Invocations', 'Sum', dimensions)).toBe(2);
      expect(await metric('Errors', 'Sum', dimensions)).toBe(1);
      expect(await metric('Duration', 'SampleCount', dimensions)).toBe(2);
    }
  });

  it('F: DestinationDeliveryFailures when a message does not get there', async () => {
    await fixture.put('bad');
    await fixture.createAtRest({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:nobody' } },
    });
    expect(await metric('DestinationDeliveryFailures', 'Sum', { FunctionName: 'orders' })).toBe(1);
  });
});
