import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { ListPipesCommand, PipesClient } from '@aws-sdk/client-pipes';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateByTable } from '../../../src/lib/sandbox/http/crc32.js';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { type Harness, startHarness } from './harness.js';

describe('the protocols', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({ regions: ['us-east-1', 'eu-west-1'] });
  });
  afterAll(() => harness.close());

  it('answers AWS JSON with a request id and the checksum of the body', async () => {
    const answer = await harness.raw('DynamoDB_20120810.ListTables', {});
    const body = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number(answer.headers.get('x-amz-crc32'))).toBe(zlibCrc32(body));
    expect(JSON.parse(body.toString())).toEqual({ TableNames: [] });
  });

  it('sums by table as zlib does, for a Node without it', () => {
    const [first, second] = [Buffer.from('orders'), Buffer.from([0, 255, 128, 7])];
    expect(updateByTable(second, updateByTable(first))).toBe(zlibCrc32(second, zlibCrc32(first)));
  });

  it.each([
    'DynamoDB_20120810.MakeCoffee',
    'DynamoDB_20120810.constructor',
    'Kinesis_20131202.ListStreams',
    'nonsense',
  ])('answers UnknownOperationException to %s and logs its name', async target => {
    const answer = await harness.raw(target, {});
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'com.amazon.coral.service#UnknownOperationException' });
    expect(harness.log.at(-1)).toContain(target);
  });

  it.each(['{', '[]', '"text"', 'null', ''])('answers SerializationException to the body %s', async body => {
    const answer = await harness.raw('DynamoDB_20120810.ListTables', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'com.amazon.coral.service#SerializationException' });
  });

  it('answers SerializationException to a member of the wrong type', async () => {
    const answer = await harness.raw('DynamoDB_20120810.DescribeTable', { TableName: 5 });
    expect(await answer.json()).toEqual({
      __type: 'com.amazon.coral.service#SerializationException',
      message: 'NUMBER_VALUE cannot be converted to String',
    });
  });

  it('answers ValidationException to a member that is missing', async () => {
    const answer = await harness.raw('DynamoDB_20120810.DescribeTable', {});
    expect(await answer.json()).toEqual({
      __type: 'com.amazon.coral.validate#ValidationException',
      message:
        "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    });
  });

  it('takes the Region from the credential scope, and the first one when unsigned', async () => {
    const signed = (region: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`,
    });
    const table = {
      TableName: 'Orders',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    };
    const create = async (headers: Record<string, string>) =>
      (await harness.raw('DynamoDB_20120810.CreateTable', table, headers)).json();
    expect(await create(signed('eu-west-1'))).toMatchObject({
      TableDescription: { TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders' },
    });
    expect(await create({})).toMatchObject({
      TableDescription: { TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders' },
    });
    expect(await create(signed('us-west-2'))).toMatchObject({
      message: expect.stringContaining('Credential should be scoped to a valid region'),
    });
  });

  it('has no event source mappings, with filters or without', async () => {
    const lambda = harness.lambda();
    const all = await lambda.send(new ListEventSourceMappingsCommand({}));
    const some = await lambda.send(
      new ListEventSourceMappingsCommand({ EventSourceArn: 'arn:aws:dynamodb:x', FunctionName: 'f' }),
    );
    expect([all.EventSourceMappings, some.EventSourceMappings]).toEqual([[], []]);
  });

  it('has no pipes', async () => {
    const pipes = new PipesClient({
      endpoint: harness.sandbox.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
    });
    expect((await pipes.send(new ListPipesCommand({}))).Pipes).toEqual([]);
    pipes.destroy();
  });

  it('answers a REST operation that it does not have as an unknown one', async () => {
    const answer = await fetch(`${harness.sandbox.url}/2018-10-31/layers`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(harness.log.at(-1)).toContain('POST /2018-10-31/layers');
  });

  it('says in Lambda’s way that there is no such function', async () => {
    await expect(harness.lambda().send(new GetFunctionCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:nobody',
    });
  });

  it('rejects when the port is taken', async () => {
    await expect(startSandbox({ port: harness.sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes while connections are kept alive, once for all who ask', async () => {
    const other = await startHarness();
    await other.dynamodb().send(new ListTablesCommand({}));
    await Promise.all([other.sandbox.close(), other.sandbox.close(), other.sandbox.closed]);
    await expect(fetch(other.sandbox.url)).rejects.toThrow();
  });
});
