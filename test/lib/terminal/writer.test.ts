import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DdbxError } from '../../../src/lib/model/error.js';
import { BrokenPipeError, makeWriter } from '../../../src/lib/terminal/writer.js';
import { CapturedStream } from '../../support/fake-io.js';

const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** A stream that finishes a write only when the test says so. */
class HeldStream extends Writable {
  readonly isTTY: boolean;
  readonly #held: ((error?: Error | null) => void)[] = [];

  constructor(isTTY = false) {
    super({ highWaterMark: 10 });
    this.isTTY = isTTY;
  }

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#held.push(done);
  }

  /** Finishes the oldest write. */
  finish(error?: Error): void {
    this.#held.shift()?.(error);
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(`write ${code}`), { code });
}

/** Resolves to whether the promise settled by itself within a few turns of the event loop. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let turns = 0; turns < 5; turns += 1) await turn();
  return settled;
}

describe('makeWriter over a real pipe', () => {
  it('keeps memory bounded while the reader is slow, and loses nothing', async () => {
    // The reader starts to read only when a line comes in on its fourth descriptor.
    const reader = spawn('sh', ['-c', 'read go <&3; wc -c'], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] });
    const [stdin, stdout, go] = [reader.stdin, reader.stdout, reader.stdio[3]];
    if (stdin === null || stdout === null || !(go instanceof Writable)) throw new Error('the reader has no pipes');
    const counted = text(stdout);
    const writer = makeWriter(stdin);

    const chunks = 400;
    let largest = 0;
    let accepted = 0;
    const writing = (async () => {
      for (let index = 0; index < chunks; index += 1) {
        await writer.write(CHUNK);
        accepted += 1;
        largest = Math.max(largest, stdin.writableLength);
      }
    })();
    while (!writer.blocked) await turn();
    expect(await settles(writing)).toBe(false);
    expect(accepted).toBeLessThan(20);

    go.end('go\n');
    await writing;
    await writer.flush();
    stdin.end();
    expect((await counted).trim()).toBe(String(chunks * CHUNK.length));
    expect(largest).toBeLessThanOrEqual(stdin.writableHighWaterMark + CHUNK.length);
  });

  it('rejects with BrokenPipeError when the reader closes, and stays closed', async () => {
    const reader = spawn('head', ['-c', '1'], { stdio: ['pipe', 'ignore', 'inherit'] });
    const writer = makeWriter(reader.stdin);
    const closed = once(reader, 'close');
    const failure = await writeForever(writer.write);
    await closed;

    expect(failure).toBeInstanceOf(BrokenPipeError);
    expect(failure).toMatchObject({ code: 'broken-pipe', exitCode: 141 });
    expect(writer.closed).toBe(true);
    await expect(writer.write('more')).rejects.toBe(failure);
    await expect(writer.flush()).rejects.toBe(failure);

    async function writeForever(write: (chunk: Buffer) => Promise<void>): Promise<unknown> {
      try {
        for (let index = 0; index < 10_000; index += 1) await write.call(writer, CHUNK);
      } catch (error) {
        return error;
      }
      return undefined;
    }
  });

  it('ends a process quietly when stdout is closed under it', async () => {
    const script = `
      import { makeWriter } from ${JSON.stringify(new URL('../../../src/lib/terminal/writer.ts', import.meta.url).href)};
      const writer = makeWriter(process.stdout);
      try {
        for (let index = 0; index < 10000; index += 1) await writer.write('line of output\\n'.repeat(1000));
        process.exitCode = 1;
      } catch (error) {
        process.exitCode = error.exitCode;
      }`;
    const writing = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const complaints = text(writing.stderr);
    writing.stdout.once('data', () => writing.stdout.destroy());
    const [code] = await once(writing, 'exit');
    expect(await complaints).toBe('');
    expect(code).toBe(141);
  });
});

describe('makeWriter', () => {
  it('resolves a write when the stream has room again, and a flush when all is written', async () => {
    const stream = new HeldStream();
    const writer = makeWriter(stream);
    const first = writer.write('0123456789');
    const flushed = writer.flush();
    expect(writer.blocked).toBe(true);
    expect(await settles(first)).toBe(false);
    expect(await settles(flushed)).toBe(false);
    stream.finish();
    await first;
    await flushed;
    expect(writer.blocked).toBe(false);
  });

  it('keeps the order of callers that wait', async () => {
    const stream = new CapturedStream();
    const writer = makeWriter(stream);
    await Promise.all(Array.from({ length: 50 }, (_, index) => writer.write(`${index},`)));
    expect(stream.chunks.join('')).toBe(Array.from({ length: 50 }, (_, index) => `${index},`).join(''));
  });

  it('does not hand a second chunk to a stream that is full', async () => {
    const stream = new HeldStream();
    const writer = makeWriter(stream);
    const both = Promise.all([writer.write('0123456789'), writer.write('abcdefghij')]);
    expect(await settles(both)).toBe(false);
    expect(stream.writableLength).toBe(10);
    stream.finish();
    while (stream.writableLength < 10) await turn();
    stream.finish();
    await both;
  });

  it('returns one writer for one stream', () => {
    const stream = new CapturedStream();
    expect(makeWriter(stream)).toBe(makeWriter(stream));
    expect(stream.listenerCount('error')).toBe(1);
  });

  it('rejects every waiter with the same error, once the reader is gone', async () => {
    const stream = new HeldStream();
    const writer = makeWriter(stream);
    const waiting = Promise.allSettled([writer.write('0123456789'), writer.write('more'), writer.flush()]);
    stream.finish(systemError('EPIPE'));
    const reasons = (await waiting).map(result => (result.status === 'rejected' ? result.reason : undefined));
    expect(reasons[0]).toBeInstanceOf(BrokenPipeError);
    expect(new Set(reasons).size).toBe(1);
  });

  it.each([
    { code: 'EPIPE', isTty: false, expected: 'broken-pipe' },
    { code: 'ECONNRESET', isTty: false, expected: 'broken-pipe' },
    { code: 'EIO', isTty: true, expected: 'broken-pipe' },
    { code: 'EIO', isTty: false, expected: 'output-failed' },
    { code: 'ENOSPC', isTty: false, expected: 'output-failed' },
  ])('takes $code for $expected (terminal: $isTty)', async ({ code, isTty, expected }) => {
    const stream = new HeldStream(isTty);
    const writer = makeWriter(stream);
    const write = writer.write('0123456789');
    stream.finish(systemError(code));
    const failure: unknown = await write.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DdbxError);
    expect(failure).toMatchObject({ code: expected });
    if (code === 'ENOSPC') expect(failure).toMatchObject({ hint: expect.stringContaining('free space') });
  });

  it('takes a stream that is destroyed without a word for a reader that is gone', async () => {
    const stream = new HeldStream();
    const write = makeWriter(stream).write('0123456789');
    stream.destroy();
    await expect(write).rejects.toBeInstanceOf(BrokenPipeError);
  });

  it('lets a posted message fail without an error, waiting or not', async () => {
    const stream = new HeldStream();
    const writer = makeWriter(stream);
    writer.post('0123456789');
    stream.finish(systemError('EPIPE'));
    while (!writer.closed) await turn();
    writer.post('more');
    expect(writer.closed).toBe(true);
  });
});

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += String(chunk);
  return all;
}
