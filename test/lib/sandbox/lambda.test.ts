import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetFunctionCommand, InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.js';

describe('Lambda functions', () => {
  let harness: Harness;
  let folder: string;
  let handlerPath: string;

  beforeEach(async () => {
    harness = await startHarness();
    folder = await mkdtemp(join(tmpdir(), 'ddbx-sandbox-'));
    handlerPath = join(folder, 'handler.mjs');
  });
  afterEach(async () => {
    await harness.close();
    await rm(folder, { recursive: true });
  });

  const add = async (source: string, timeoutMs?: number) => {
    await writeFile(handlerPath, source);
    harness.sandbox.control.addFunction({
      name: 'orders',
      handlerPath,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  };
  const invoke = async (payload: unknown, more: Partial<InvokeCommandInput> = {}) => {
    const answer = await harness
      .lambda()
      .send(new InvokeCommand({ FunctionName: 'orders', Payload: Buffer.from(JSON.stringify(payload)), ...more }));
    const text = answer.Payload?.transformToString() ?? '';
    return { ...answer, value: text === '' ? undefined : JSON.parse(text) };
  };

  it('runs the module’s handler with event and context', async () => {
    await add('export const handler = async (event, context) => ({ got: event, name: context.functionName });');
    const answer = await invoke({ Records: [1] });
    expect(answer.value).toEqual({ got: { Records: [1] }, name: 'orders' });
    expect([answer.StatusCode, answer.FunctionError, answer.ExecutedVersion]).toEqual([200, undefined, '$LATEST']);
  });

  it('takes a name with a version, or an ARN', async () => {
    await add('export const handler = async () => 1;');
    for (const FunctionName of ['orders:$LATEST', 'arn:aws:lambda:us-east-1:111122223333:function:orders']) {
      expect((await invoke({}, { FunctionName })).value).toBe(1);
    }
    await expect(invoke({}, { FunctionName: 'orders:live' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:orders:live',
    });
  });

  it('takes a handler with a callback, and one that returns nothing', async () => {
    await add('export const handler = (event, context, done) => { done(null, "called back"); };');
    expect((await invoke({})).value).toBe('called back');
    await add('export const handler = async () => {};');
    expect((await invoke({})).value).toBeNull();
  });

  it('reports what the handler throws as Lambda does', async () => {
    await add('export const handler = async () => { throw new TypeError("bad order"); };');
    const answer = await invoke({});
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.StatusCode).toBe(200);
    expect(answer.value).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'bad order',
      trace: expect.arrayContaining(['TypeError: bad order']),
    });
  });

  it('ends a handler that takes too long, and starts afresh', async () => {
    await add(
      'export const handler = event => event.hang ? new Promise(() => setInterval(() => {}, 50)) : "well";',
      500,
    );
    const answer = await invoke({ hang: true });
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.value.errorMessage).toContain('Task timed out after 0.50 seconds');
    expect((await invoke({})).value).toBe('well');
  });

  it('ends a handler that never gives the thread back', async () => {
    await add('export const handler = () => { for (;;) {} };', 300);
    expect((await invoke({})).value.errorType).toBe('Sandbox.Timedout');
  });

  it.each([
    ['a handler that leaves the process', 'export const handler = () => process.exit(3);', 'Runtime.ExitError'],
    ['a module without handler', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    ['a module with an error in it', 'export const handler = ;', 'SyntaxError'],
  ])('survives %s', async (_, source, errorType) => {
    await add(source);
    expect((await invoke({})).value.errorType).toBe(errorType);
    expect((await invoke({})).value.errorType).toBe(errorType);
  });

  it('keeps the module warm between calls, and takes it anew when the file has changed', async () => {
    await add('let calls = 0; export const handler = async () => ++calls;');
    expect([(await invoke({})).value, (await invoke({})).value]).toEqual([1, 2]);
    await writeFile(handlerPath, 'export const handler = async () => "new";');
    await utimes(handlerPath, new Date(), new Date(Date.now() + 10_000));
    expect((await invoke({})).value).toBe('new');
  });

  it('runs calls at the same time in their own environments', async () => {
    await add(`let running = 0;
      export const handler = async () => { running += 1; const seen = running; await new Promise(r => setTimeout(r, 100)); running -= 1; return seen; };`);
    const answers = await Promise.all([invoke({}), invoke({}), invoke({})]);
    expect(answers.map(answer => answer.value)).toEqual([1, 1, 1]);
  });

  it('writes what the handler prints to the log, and to the answer when asked', async () => {
    await add('export const handler = async () => { console.log("two\\nlines"); console.error("oops"); return 1; };');
    const answer = await invoke({}, { LogType: 'Tail' });
    expect(harness.log).toEqual(['[orders] two', '[orders] lines', '[orders] oops']);
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toBe('two\nlines\noops');
  });

  it('accepts an event without waiting, and a dry run without running', async () => {
    await add('export const handler = async () => { console.log("ran"); };');
    expect((await invoke({}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    expect((await invoke({}, { InvocationType: 'Event' })).StatusCode).toBe(202);
    await invoke({});
    await expect.poll(() => harness.log.filter(line => line.includes('ran')).length).toBe(2);
  });

  it('refuses a payload that is not JSON', async () => {
    await add('export const handler = async () => 1;');
    await expect(
      harness.lambda().send(new InvokeCommand({ FunctionName: 'orders', Payload: Buffer.from('{') })),
    ).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('describes the function, in every Region', async () => {
    await add('export const handler = async () => 1;', 4500);
    const { Configuration } = await harness
      .lambda('eu-west-1')
      .send(new GetFunctionCommand({ FunctionName: 'orders' }));
    expect(Configuration).toMatchObject({
      FunctionName: 'orders',
      FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:orders',
      State: 'Active',
      Timeout: 5,
    });
  });
});
