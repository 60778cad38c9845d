import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness, STATUS_DELAY_MS } from '../harness.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS });
});
afterEach(async () => {
  await harness.close();
});

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const nextState = () => harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
const create = async (
  files: Readonly<Record<string, string>>,
  more: Partial<CreateFunctionCommandInput> = {},
  region = 'us-east-1',
) =>
  await harness.lambda(region).send(
    new CreateFunctionCommand({
      FunctionName: 'orders',
      Runtime: 'nodejs20.x',
      Role: 'arn:aws:iam::111122223333:role/orders',
      Handler: 'index.handler',
      Code: { ZipFile: zip(files) },
      ...more,
    }),
  );
const invoke = async (payload: unknown = {}, region = 'us-east-1') => {
  const answer = await harness
    .lambda(region)
    .send(new InvokeCommand({ FunctionName: 'orders', Payload: Buffer.from(JSON.stringify(payload)) }));
  return JSON.parse(answer.Payload?.transformToString() ?? '');
};

describe('CreateFunction', () => {
  it.each([
    ['an ES module', { 'index.mjs': 'export const handler = async event => ({ got: event });' }, 'index.handler'],
    ['a CommonJS module', { 'index.js': 'exports.handler = async event => ({ got: event });' }, 'index.handler'],
    [
      'a module of a package that says "module"',
      { 'index.js': 'export const handler = async event => ({ got: event });', 'package.json': '{"type":"module"}' },
      'index.handler',
    ],
    [
      'a module in a folder that imports another',
      {
        'src/app.mjs': 'import { wrap } from "./lib/wrap.mjs"; export const run = async event => wrap(event);',
        'src/lib/wrap.mjs': 'export const wrap = got => ({ got });',
      },
      'src/app.run',
    ],
  ])('runs %s', async (_, files, Handler) => {
    await create(files, { Handler });
    nextState();
    expect(await invoke({ a: 1 })).toEqual({ got: { a: 1 } });
  });

  it('answers with the configuration, Pending at first', async () => {
    const answer = await create(
      { 'index.mjs': '' },
      { Timeout: 30, MemorySize: 512, Description: 'takes orders', Environment: { Variables: { STAGE: 'test' } } },
    );
    expect(answer).toMatchObject({
      FunctionName: 'orders',
      FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
      Role: 'arn:aws:iam::111122223333:role/orders',
      Handler: 'index.handler',
      Runtime: 'nodejs20.x',
      Timeout: 30,
      MemorySize: 512,
      Description: 'takes orders',
      Environment: { Variables: { STAGE: 'test' } },
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      State: 'Pending',
      LastUpdateStatus: 'Successful',
      $metadata: { httpStatusCode: 201 },
    });
    await expect(invoke()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: expect.stringContaining('The function is currently in the following state: Pending'),
    });
    nextState();
    const { State } = await harness.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: 'orders' }));
    expect(State).toBe('Active');
  });

  it('gives the function its environment, and an endpoint that is the sandbox', async () => {
    await create(
      { 'index.mjs': 'export const handler = async () => process.env;' },
      { Environment: { Variables: { STAGE: 'test' } } },
      'eu-west-1',
    );
    nextState();
    expect(await invoke({}, 'eu-west-1')).toMatchObject({
      STAGE: 'test',
      AWS_ENDPOINT_URL: harness.sandbox.url,
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'orders',
    });
  });

  it('keeps the functions of each Region apart', async () => {
    await create({ 'index.mjs': 'export const handler = async () => "here";' });
    await create({ 'index.mjs': 'export const handler = async () => "there";' }, {}, 'eu-west-1');
    nextState();
    expect([await invoke(), await invoke({}, 'eu-west-1')]).toEqual(['here', 'there']);
    await expect(
      harness.lambda('us-west-2').send(new GetFunctionCommand({ FunctionName: 'orders' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each<[string, Partial<CreateFunctionCommandInput>, object]>([
    [
      'what is no zip',
      { Code: { ZipFile: Buffer.from('not a zip') } },
      { name: 'InvalidParameterValueException', message: expect.stringContaining('Could not unzip uploaded file') },
    ],
    [
      'a zip whose paths lead out of it',
      { Code: { ZipFile: zip({ '../index.mjs': '' }) } },
      { name: 'InvalidParameterValueException' },
    ],
    ['a runtime that is not Node', { Runtime: 'python3.12' }, { message: expect.stringContaining('python3.12') }],
    ['code in S3', { Code: { S3Bucket: 'code', S3Key: 'x' } }, { message: expect.stringContaining('S3Bucket') }],
    ['a VPC', { VpcConfig: { SubnetIds: ['subnet-1'] } }, { message: expect.stringContaining('VpcConfig') }],
    ['a time limit of 901 seconds', { Timeout: 901 }, { name: 'ValidationException' }],
  ])('refuses %s', async (_, input, error) => {
    await expect(create({ 'index.mjs': '' }, input)).rejects.toMatchObject(error);
  });

  it('refuses a name that is taken', async () => {
    await create({ 'index.mjs': '' });
    await expect(create({ 'index.mjs': '' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function already exist: orders',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('reports a handler that is not in the zip when it is invoked', async () => {
    await create({ 'other.mjs': '' });
    nextState();
    expect(await invoke()).toMatchObject({ errorMessage: expect.stringContaining('index.js') });
  });
});

describe('changing functions', () => {
  it('takes new code and new settings, one change at a time', async () => {
    const lambda = harness.lambda();
    await create({ 'index.mjs': 'export const handler = async () => "old";' });
    nextState();
    expect(await invoke()).toBe('old');
    const ZipFile = zip({
      'index.mjs': 'export const handler = async () => "new"; export const second = async () => 2;',
    });
    const updated = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'orders', ZipFile }));
    expect(updated.LastUpdateStatus).toBe('InProgress');
    const rename = new UpdateFunctionConfigurationCommand({
      FunctionName: 'orders',
      Handler: 'index.second',
      Timeout: 9,
    });
    await expect(lambda.send(rename)).rejects.toMatchObject({ name: 'ResourceConflictException' });
    nextState();
    expect(await invoke()).toBe('new');
    expect(await lambda.send(rename)).toMatchObject({ Handler: 'index.second', Timeout: 9 });
    expect(await invoke()).toBe(2);
  });

  it('lists functions page by page, and deletes them', async () => {
    const lambda = harness.lambda();
    for (const FunctionName of ['c', 'a', 'b']) await create({ 'index.mjs': '' }, { FunctionName });
    const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    const second = await lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
    const names = [...(first.Functions ?? []), ...(second.Functions ?? [])].map(each => each.FunctionName);
    expect(names).toEqual(['a', 'b', 'c']);
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'b' }));
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName: 'b' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
