import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/lib/aws/connection.js';
import { awsDefaults } from '../../../src/lib/aws/mapping-settings.js';
import type { MappingsGateway } from '../../../src/lib/aws/mappings-gateway.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { answerError, answerJson, type WireServer, wireServer } from '../../support/wire-server.js';

const UUID = '14e0db71-5d35-4eb5-b481-8945cf9d10c2';
const STREAM = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:orders-indexer';

/** What Lambda answers to Create with nothing said (facts/samples/lambda-CreateEventSourceMapping.response.json). */
const created = {
  UUID,
  StartingPosition: 'TRIM_HORIZON',
  BatchSize: 100,
  MaximumBatchingWindowInSeconds: 0,
  ParallelizationFactor: 1,
  EventSourceArn: STREAM,
  FunctionArn: FUNCTION,
  LastModified: 1_795_305_600,
  LastProcessingResult: 'No records processed',
  State: 'Creating',
  StateTransitionReason: 'User action',
  DestinationConfig: { OnFailure: {} },
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  EventSourceMappingArn: `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${UUID}`,
};

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function over(
  answer: Parameters<typeof wireServer>[0],
): Promise<{ server: WireServer; mappings: MappingsGateway }> {
  const server = await wireServer(answer);
  const aws = connect({
    endpointUrl: server.url,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    env: {},
    clock: systemClock,
    random: () => 0,
  });
  closing.push(
    () => server.close(),
    () => aws.close(),
  );
  return { server, mappings: await aws.mappings('us-east-1') };
}

describe('the gateway to mappings', () => {
  it('reads what Lambda answers with nothing said: its defaults', async () => {
    const { server, mappings } = await over(response => answerJson(response, created, 202));
    const mapping = await mappings.create({
      eventSourceArn: STREAM,
      functionName: 'orders-indexer',
      startingPosition: 'TRIM_HORIZON',
      enabled: true,
      settings: {},
      tags: {},
    });
    expect(mapping).toMatchObject({
      uuid: UUID,
      state: 'Creating',
      lastModifiedMs: 1_795_305_600_000,
      settings: awsDefaults,
    });
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/2015-03-31/event-source-mappings' });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      EventSourceArn: STREAM,
      FunctionName: 'orders-indexer',
      StartingPosition: 'TRIM_HORIZON',
      Enabled: true,
    });
  });

  it('sends each setting under its name', async () => {
    const { server, mappings } = await over(response => answerJson(response, created, 202));
    await mappings.update({
      uuid: UUID,
      enabled: false,
      settings: {
        ...awsDefaults,
        maximumRetryAttempts: 5,
        reportBatchItemFailures: true,
        filters: ['{"eventName":["INSERT"]}'],
        onFailure: 'arn:aws:sqs:us-east-1:111122223333:orders-failures',
        metrics: ['EventCount'],
        kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
      },
    });
    expect(server.requests[0]).toMatchObject({ method: 'PUT', path: `/2015-03-31/event-source-mappings/${UUID}` });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      Enabled: false,
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: false,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:orders-failures' } },
      MetricsConfig: { Metrics: ['EventCount'] },
      KMSKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
    });
  });

  it('clears what is to be cleared, and is silent about the rest', async () => {
    const { server, mappings } = await over(response => answerJson(response, created, 202));
    await mappings.update({ uuid: UUID, settings: { filters: [], onFailure: '', metrics: [] } });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      FilterCriteria: {},
      DestinationConfig: { OnFailure: { Destination: '' } },
      MetricsConfig: { Metrics: [] },
    });
  });

  it('knows filters that are not shown from none', async () => {
    const KMSKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
    const denied = { ErrorCode: 'KMSAccessDeniedException', Message: 'not allowed' };
    const { mappings } = await over(response =>
      answerJson(response, { ...created, KMSKeyArn, FilterCriteriaError: denied }),
    );
    const mapping = await mappings.get(UUID);
    expect(mapping.settings.filters).toBeUndefined();
    expect(mapping.filterError).toBe('KMSAccessDeniedException: not allowed');
  });

  it('lists every page', async () => {
    const { server, mappings } = await over((response, request) =>
      answerJson(
        response,
        request.path.includes('Marker=')
          ? { EventSourceMappings: [{ ...created, UUID: 'second' }] }
          : { EventSourceMappings: [created], NextMarker: 'more' },
      ),
    );
    const found = await mappings.list({ eventSourceArn: STREAM, functionName: 'orders-indexer' });
    expect(found.map(({ uuid }) => uuid)).toEqual([UUID, 'second']);
    expect(server.requests[0]?.path).toContain(`EventSourceArn=${encodeURIComponent(STREAM)}`);
    expect(server.requests[0]?.path).toContain('FunctionName=orders-indexer');
  });

  it('deletes by the UUID, and reads tags by the ARN', async () => {
    const { server, mappings } = await over((response, request) =>
      answerJson(response, request.method === 'DELETE' ? { ...created, State: 'Deleting' } : { Tags: { team: 'ops' } }),
    );
    expect((await mappings.delete(UUID)).state).toBe('Deleting');
    expect(await mappings.tags(created.EventSourceMappingArn)).toEqual({ team: 'ops' });
    expect(server.requests[1]?.path).toBe(`/2017-03-31/tags/${encodeURIComponent(created.EventSourceMappingArn)}`);
  });

  it('types a mapping that is there already', async () => {
    const text = `The event source arn (" ${STREAM} ") and function (" orders-indexer ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`;
    const { mappings } = await over(response => answerError(response, 'ResourceConflictException', text, 409));
    const failure: unknown = await mappings
      .create({
        eventSourceArn: STREAM,
        functionName: 'orders-indexer',
        startingPosition: 'LATEST',
        enabled: true,
        settings: {},
        tags: {},
      })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'conflict', resource: 'orders-indexer', message: text });
  });
});
