import {
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MappingFixture, startMappingFixture } from '../mapping-fixture.js';

let fixture: MappingFixture;

beforeEach(async () => {
  fixture = await startMappingFixture();
  await fixture.addFunction();
});
afterEach(async () => {
  await fixture.close();
});

const update = async (UUID: string | undefined, more: Omit<UpdateEventSourceMappingCommandInput, 'UUID'>) =>
  await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...more }));
const remove = async (UUID: string | undefined) =>
  await fixture.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
const atRest = async (more: Partial<CreateEventSourceMappingCommandInput> = {}) => {
  const mapping = await fixture.create(more);
  fixture.nextState();
  fixture.nextState();
  return mapping;
};
const stateOf = async (uuid: string | undefined) => (await fixture.get(uuid)).State;

describe('CreateEventSourceMapping', () => {
  it('B.1: answers 202 with every default, as AWS returned them', async () => {
    const answer = await fixture.create();
    expect(answer).toMatchObject({
      UUID: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      EventSourceArn: fixture.streamArn,
      FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
      LastModified: new Date(fixture.harness.sandbox.control.status().now),
      LastProcessingResult: 'No records processed',
      State: 'Creating',
      StateTransitionReason: 'User action',
      DestinationConfig: { OnFailure: {} },
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: -1,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${answer.UUID}`,
    });
    expect(answer.FilterCriteria).toBeUndefined();
    expect(answer.$metadata.httpStatusCode).toBe(202);
  });

  it('B.1: keeps everything that is set, at the edges of its range', async () => {
    const settings = {
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 300,
      ParallelizationFactor: 10,
      MaximumRecordAgeInSeconds: 604_800,
      MaximumRetryAttempts: 10_000,
      BisectBatchOnFunctionError: true,
      TumblingWindowInSeconds: 900,
      FunctionResponseTypes: ['ReportBatchItemFailures' as const],
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      MetricsConfig: { Metrics: ['EventCount' as const] },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:failures' } },
    };
    const { UUID } = await fixture.create(settings);
    expect(await fixture.get(UUID)).toMatchObject(settings);
  });

  it.each([
    ['BatchSize', 0, 'batchSize', 'greater than or equal to 1'],
    ['BatchSize', 10_001, 'batchSize', 'less than or equal to 10000'],
    ['MaximumBatchingWindowInSeconds', -1, 'maximumBatchingWindowInSeconds', 'greater than or equal to 0'],
    ['MaximumBatchingWindowInSeconds', 301, 'maximumBatchingWindowInSeconds', 'less than or equal to 300'],
    ['ParallelizationFactor', 0, 'parallelizationFactor', 'greater than or equal to 1'],
    ['ParallelizationFactor', 11, 'parallelizationFactor', 'less than or equal to 10'],
    ['MaximumRecordAgeInSeconds', -2, 'maximumRecordAgeInSeconds', 'greater than or equal to -1'],
    ['MaximumRecordAgeInSeconds', 604_801, 'maximumRecordAgeInSeconds', 'less than or equal to 604800'],
    ['MaximumRetryAttempts', -2, 'maximumRetryAttempts', 'greater than or equal to -1'],
    ['MaximumRetryAttempts', 10_001, 'maximumRetryAttempts', 'less than or equal to 10000'],
    ['TumblingWindowInSeconds', 901, 'tumblingWindowInSeconds', 'less than or equal to 900'],
  ])('B.1: refuses %s %i', async (name, value, member, rule) => {
    await expect(fixture.create({ [name]: value })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${rule}`,
    });
  });

  it.each([0, 59])('B.1: refuses a MaximumRecordAgeInSeconds of %i', async MaximumRecordAgeInSeconds => {
    await expect(fixture.create({ MaximumRecordAgeInSeconds })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('B.1: takes a batch of 100 without a batching window', async () => {
    expect(await fixture.create({ BatchSize: 100, MaximumBatchingWindowInSeconds: 0 })).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
    });
  });

  it.each<[string, Partial<CreateEventSourceMappingCommandInput>, string]>([
    [
      'no position',
      { StartingPosition: undefined },
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      'AT_TIMESTAMP',
      { StartingPosition: 'AT_TIMESTAMP' },
      'Unsupported starting position for arn type: arn:aws:dynamodb:',
    ],
    ['a function that is not there', { FunctionName: 'nobody' }, 'Function does not exist'],
    ['an alias', { FunctionName: 'orders:live' }, 'Function does not exist'],
    [
      'a stream that is not there',
      { EventSourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2020-01-01T00:00:00.000' },
      'Stream not found: arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2020-01-01T00:00:00.000',
    ],
    [
      'a stream of another Region (B.2)',
      { EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/2020-01-01T00:00:00.000' },
      'is not in us-east-1',
    ],
    [
      'a filter that is not JSON',
      { FilterCriteria: { Filters: [{ Pattern: 'single_string' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'a filter that is no object',
      { FilterCriteria: { Filters: [{ Pattern: '["INSERT"]' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'a filter whose values are not in lists',
      { FilterCriteria: { Filters: [{ Pattern: '{"eventName":"INSERT"}' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'a filter of more than 4096 characters',
      { FilterCriteria: { Filters: [{ Pattern: `{"eventName":["${'x'.repeat(4096)}"]}` }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'six filters',
      { FilterCriteria: { Filters: Array.from({ length: 6 }, () => ({ Pattern: '{"eventName":["INSERT"]}' })) } },
      'The number of filters, 6, is more than the quota of 5',
    ],
    [
      'a FIFO destination (B.5)',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:failures.fifo' } } },
      'FIFO',
    ],
    [
      'a function as destination',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:lambda:us-east-1:111122223333:function:orders' } } },
      'not the ARN of an SQS queue, an SNS topic or an S3 bucket',
    ],
  ])('B.1: refuses %s', async (_, input, message) => {
    await expect(fixture.create(input)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  it('B.1: refuses an unknown position and an unknown response type by the model', async () => {
    const raw = async (more: object) => {
      const answer = await fetch(`${fixture.harness.sandbox.url}/2015-03-31/event-source-mappings/`, {
        method: 'POST',
        body: JSON.stringify({ FunctionName: 'orders', EventSourceArn: fixture.streamArn, ...more }),
      });
      return [answer.headers.get('x-amzn-errortype'), await answer.text()];
    };
    expect(await raw({ StartingPosition: '0' })).toEqual([
      'ValidationException',
      expect.stringContaining('Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]'),
    ]);
    expect(await raw({ StartingPosition: 'LATEST', FunctionResponseTypes: ['All'] })).toEqual([
      'ValidationException',
      expect.stringContaining('[ReportBatchItemFailures]'),
    ]);
  });

  it.each(['ScalingConfig', 'ProvisionedPollerConfig', 'Topics', 'Queues', 'SourceAccessConfigurations'])(
    'B.1: refuses %s, which is for other sources, aloud',
    async name => {
      await expect(
        fixture.create({ [name]: name.endsWith('Config') ? {} : ['x'] } satisfies object),
      ).rejects.toMatchObject({
        message: expect.stringContaining(`does not serve ${name} of CreateEventSourceMapping`),
      });
    },
  );

  it('B.1: refuses a second mapping of the same stream and function, with its UUID', async () => {
    const { UUID } = await fixture.create();
    await expect(fixture.create({ FunctionName: 'orders:$LATEST' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
      message: `The event source arn (" ${fixture.streamArn} ") and function (" orders ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
    await fixture.addFunction(undefined, 'others');
    expect(await fixture.create({ FunctionName: 'others' })).toMatchObject({ State: 'Creating' });
  });
});

describe('the states of a mapping', () => {
  it('B.2: Creating, Enabling, Enabled', async () => {
    const { UUID } = await fixture.create();
    const seen = [await stateOf(UUID)];
    for (let step = 0; step < 3; step += 1) {
      fixture.nextState();
      seen.push(await stateOf(UUID));
    }
    expect(seen).toEqual(['Creating', 'Enabling', 'Enabled', 'Enabled']);
  });

  it('B.2: Creating, Disabled when it is created disabled', async () => {
    const { UUID } = await fixture.create({ Enabled: false });
    expect(await stateOf(UUID)).toBe('Creating');
    fixture.nextState();
    expect(await stateOf(UUID)).toBe('Disabled');
  });

  it('B.2: Disabling and Enabling on the way, Updating for everything else', async () => {
    const { UUID } = await atRest();
    const step = async (more: Omit<UpdateEventSourceMappingCommandInput, 'UUID'>) => {
      const { State } = await update(UUID, more);
      fixture.nextState();
      return [State, await stateOf(UUID)];
    };
    expect(await step({ Enabled: false })).toEqual(['Disabling', 'Disabled']);
    expect(await step({ BatchSize: 5 })).toEqual(['Updating', 'Disabled']);
    expect(await step({ Enabled: true, BatchSize: 6 })).toEqual(['Enabling', 'Enabled']);
    expect(await step({ Enabled: true, BatchSize: 7 })).toEqual(['Updating', 'Enabled']);
    expect(await fixture.get(UUID)).toMatchObject({ BatchSize: 7 });
  });

  it('B.2: Deleting, then not there any more', async () => {
    const { UUID } = await atRest();
    expect(await remove(UUID)).toMatchObject({ State: 'Deleting', $metadata: { httpStatusCode: 202 } });
    expect(await stateOf(UUID)).toBe('Deleting');
    fixture.nextState();
    await expect(fixture.get(UUID)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  it('B.1: ResourceInUseException while a mapping is on its way from one state to another', async () => {
    const { UUID } = await fixture.create();
    await expect(update(UUID, { BatchSize: 5 })).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Cannot update the event source mapping because it is in use.',
    });
    await expect(remove(UUID)).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Cannot delete the event source mapping because it is in use.',
    });
    fixture.nextState();
    fixture.nextState();
    await remove(UUID);
    await expect(remove(UUID)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });
});

describe('UpdateEventSourceMapping', () => {
  it('B.1: {} clears the filters, an empty text the destination; what is not named stays', async () => {
    const { UUID } = await atRest({
      BatchSize: 7,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:us-east-1:111122223333:failures' } },
    });
    const answer = await update(UUID, {
      FilterCriteria: {},
      DestinationConfig: { OnFailure: { Destination: '' } },
    });
    expect(answer).toMatchObject({ BatchSize: 7, DestinationConfig: { OnFailure: {} } });
    expect(answer.FilterCriteria).toBeUndefined();
    expect(answer.DestinationConfig?.OnFailure?.Destination).toBeUndefined();
  });

  it.each([
    { EventSourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2020-01-01T00:00:00.000' },
    { StartingPosition: 'LATEST' },
    { Tags: { team: 'orders' } },
  ])('B.1: what cannot be changed is refused aloud: %j', async change => {
    const uuid = await fixture.createAtRest();
    const answer = await fetch(`${fixture.harness.sandbox.url}/2015-03-31/event-source-mappings/${uuid}`, {
      method: 'PUT',
      body: JSON.stringify(change),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(Object.keys(change)[0]);
  });

  it('B.1: another function, but not one that reads the stream already', async () => {
    await fixture.addFunction(undefined, 'others');
    const { UUID } = await atRest();
    const { UUID: other } = await atRest({ FunctionName: 'others' });
    await expect(update(UUID, { FunctionName: 'others' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: expect.stringContaining(`UUID ${other}`),
    });
    await fixture.addFunction(undefined, 'third');
    expect(await update(UUID, { FunctionName: 'third' })).toMatchObject({
      FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:third',
    });
  });

  it('refuses a bad value and leaves the mapping as it was', async () => {
    const { UUID } = await atRest({ BatchSize: 7 });
    await expect(update(UUID, { BatchSize: 8, ParallelizationFactor: 11 })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(await fixture.get(UUID)).toMatchObject({ BatchSize: 7, State: 'Enabled' });
  });
});

describe('ListEventSourceMappings', () => {
  it('lists by stream, by function, and page by page', async () => {
    for (const name of ['a', 'b', 'c']) {
      await fixture.addFunction(undefined, name);
      await fixture.create({ FunctionName: name });
    }
    const list = async (input: object) => await fixture.lambda.send(new ListEventSourceMappingsCommand(input));
    const all = await list({ EventSourceArn: fixture.streamArn });
    expect(all.EventSourceMappings).toHaveLength(3);
    expect((await list({ EventSourceArn: `${fixture.streamArn}0` })).EventSourceMappings).toEqual([]);
    const mine = await list({ FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:b' });
    expect(mine.EventSourceMappings?.map(each => each.FunctionArn?.split(':').at(-1))).toEqual(['b']);

    const uuids: unknown[] = [];
    let Marker: string | undefined;
    do {
      const page = await list({ MaxItems: 2, Marker });
      uuids.push(...(page.EventSourceMappings ?? []).map(each => each.UUID));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(uuids).toEqual(all.EventSourceMappings?.map(each => each.UUID));
    expect((await list({ FunctionName: 'nobody' })).EventSourceMappings).toEqual([]);
  });

  it('B.1: omits filters that a key encrypts; Get shows them', async () => {
    const KMSKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const FilterCriteria = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] };
    const { UUID } = await fixture.create({ KMSKeyArn, FilterCriteria });
    const listed = await fixture.lambda.send(new ListEventSourceMappingsCommand({}));
    expect(listed.EventSourceMappings?.[0]).toMatchObject({ UUID, KMSKeyArn });
    expect(listed.EventSourceMappings?.[0]?.FilterCriteria).toBeUndefined();
    expect(await fixture.get(UUID)).toMatchObject({ KMSKeyArn, FilterCriteria });
  });

  it('keeps the mappings of each Region apart', async () => {
    await fixture.create();
    const elsewhere = await fixture.harness.lambda('eu-west-1').send(new ListEventSourceMappingsCommand({}));
    expect(elsewhere.EventSourceMappings).toEqual([]);
  });
});

describe('tags of a mapping', () => {
  it('B.1: are set when it is created, and later by its ARN', async () => {
    const { EventSourceMappingArn: Resource } = await fixture.create({ Tags: { team: 'orders', stage: 'test' } });
    await fixture.lambda.send(new TagResourceCommand({ Resource, Tags: { stage: 'prod', owner: 'ops' } }));
    await fixture.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team', 'absent'] }));
    const { Tags } = await fixture.lambda.send(new ListTagsCommand({ Resource }));
    expect(Tags).toEqual({ stage: 'prod', owner: 'ops' });
  });

  it('are refused for a mapping that is not there', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:111122223333:event-source-mapping:14e0db71-0000-4eb5-b481-8945cf9d10c2';
    await expect(fixture.lambda.send(new ListTagsCommand({ Resource }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
