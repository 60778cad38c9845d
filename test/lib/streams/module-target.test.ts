import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/model/clock.js';
import { moduleTarget } from '../../../src/lib/streams/module-target.js';
import { invokeWithin, type ReplayTarget } from '../../../src/lib/streams/replay-targets.js';

const EVENT = Buffer.from('{"Records":[{"eventName":"INSERT"}]}');
const SIGNAL = new AbortController().signal;

describe('moduleTarget', () => {
  let folder: string;
  let open: ReplayTarget[];
  let console: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-module-'));
    open = [];
    console = '';
  });
  afterEach(async () => {
    await Promise.all(open.map(target => target.close()));
    await rm(folder, { recursive: true });
  });

  const handlerIn = async (source: string, exportName = 'handler', file = 'handler.mjs') => {
    const path = join(folder, file);
    await writeFile(path, source);
    const log = (text: string): void => {
      console += text;
    };
    const target = moduleTarget({ path, exportName, timeLimitMs: 30_000, log });
    open.push(target);
    return target;
  };

  it('gives the event to the handler and hands its answer on', async () => {
    const target = await handlerIn(`
      export const handler = async (event, context) => ({
        names: event.Records.map(record => record.eventName),
        left: context.getRemainingTimeInMillis() > 0,
        id: typeof context.awsRequestId,
      });`);
    expect(await target.invoke(EVENT, SIGNAL)).toEqual({
      kind: 'answered',
      status: undefined,
      body: '{"names":["INSERT"],"left":true,"id":"string"}',
    });
  });

  it.each([
    ['a named export', 'export function onOrders() { return 1 }', 'onOrders', 'handler.mjs'],
    ['the default export', 'export default () => 1', 'default', 'handler.mjs'],
    ['CommonJS', 'exports.handler = async () => 1', 'handler', 'handler.cjs'],
    [
      'a member of CommonJS that cannot be seen from outside',
      'module.exports = Object.assign({}, { handler: () => 1 })',
      'handler',
      'handler.cjs',
    ],
    [
      'a callback',
      'export const handler = (event, context, callback) => { setTimeout(callback, 1, null, 1) }',
      'handler',
      'handler.mjs',
    ],
  ])('calls %s', async (_what, source, exportName, file) => {
    const target = await handlerIn(source, exportName, file);
    expect(await target.invoke(EVENT, SIGNAL)).toMatchObject({ kind: 'answered', body: '1' });
  });

  it('keeps the module between batches, and takes nothing for null', async () => {
    const target = await handlerIn(
      'let calls = 0; export const handler = () => { calls += 1; if (calls > 1) return calls }',
    );
    expect(await target.invoke(EVENT, SIGNAL)).toMatchObject({ body: 'null' });
    expect(await target.invoke(EVENT, SIGNAL)).toMatchObject({ body: '2' });
  });

  it('hands on what the handler prints, up to the end', async () => {
    const target = await handlerIn(`export const handler = () => { console.log('out'); console.error('err') }`);
    await target.invoke(EVENT, SIGNAL);
    await target.close();
    expect(console).toContain('out\n');
    expect(console).toContain('err\n');
  });

  it('takes what is thrown for a failed batch, and shows where', async () => {
    const target = await handlerIn(`export const handler = async () => { throw new RangeError('too much') }`);
    expect(await target.invoke(EVENT, SIGNAL)).toEqual({
      kind: 'failed',
      status: undefined,
      errorType: 'RangeError',
      message: 'too much',
    });
    await target.close();
    expect(console).toMatch(/RangeError: too much\n\s+at .*handler\.mjs/);
  });

  it.each([
    ['text', `throw 'plain'`, 'plain'],
    ['a result that is no JSON', `return { big: 1n }`, 'BigInt'],
    ['its callback with an error', `return new Promise((_, reject) => reject(new Error('later')))`, 'later'],
  ])('bears %s', async (_what, body, message) => {
    const target = await handlerIn(`export const handler = () => { ${body} }`);
    expect(await target.invoke(EVENT, SIGNAL)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['ends its process', 'process.exit(3)', 'exit code 3'],
    [
      'fails behind its own back',
      `setTimeout(() => { throw new Error('stray') }); await new Promise(() => {})`,
      'stray',
    ],
  ])('survives a handler that %s', async (_what, body, message) => {
    const target = await handlerIn(
      `let calls = 0; export const handler = async event => { if (event.fine) return calls; ${body} }`,
    );
    expect(await target.invoke(EVENT, SIGNAL)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(message),
    });
    expect(await target.invoke(Buffer.from('{"fine":true}'), SIGNAL)).toMatchObject({ kind: 'answered', body: '0' });
  });

  it('ends a handler that never comes back, and starts another', async () => {
    const target = await handlerIn('export const handler = event => { if (event.fine) return 1; for (;;); }');
    await target.open(SIGNAL);
    const answer = await invokeWithin(target, EVENT, 200, systemClock, SIGNAL);
    expect(answer).toMatchObject({ kind: 'failed', errorType: 'TimedOut', message: 'no answer within 200ms' });
    expect(await target.invoke(Buffer.from('{"fine":true}'), SIGNAL)).toMatchObject({ body: '1' });
  });

  it.each([
    ['is not there', undefined, 'Cannot find module'],
    ['does not parse', 'export const handler = (', 'SyntaxError'],
    ['fails while it is loaded', `throw new Error('no database')`, 'no database'],
    ['exports no such function', 'export const other = () => {}; export const handler = 7', 'but other'],
    ['ends its process while it is loaded', 'process.exit(9)', 'exit code 9'],
  ])('refuses a module that %s', async (_what, source, says) => {
    const target =
      source === undefined
        ? moduleTarget({ path: join(folder, 'none.mjs'), exportName: 'handler', timeLimitMs: 1, log: () => {} })
        : await handlerIn(source);
    await expect(target.open(SIGNAL)).rejects.toMatchObject({
      code: 'module-not-loaded',
      message: expect.stringContaining(says),
    });
  });
});
