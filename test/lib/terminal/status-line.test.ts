import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/lib/model/clock.js';
import { makeStatusLine, restoreTerminal } from '../../../src/lib/terminal/status-line.js';
import { fakeIo } from '../../support/fake-io.js';

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';
const CLEAR = '\r\u001b[2K';

/** A clock that moves when the test says so. */
class HandClock implements Clock {
  #nowMs = 1_000_000;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#sleepers.push({ atMs: this.#nowMs + ms, wake: resolve });
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  async advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    const due = this.#sleepers.filter(sleeper => sleeper.atMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter(sleeper => sleeper.atMs > this.#nowMs);
    for (const sleeper of due) sleeper.wake();
    await turn();
  }
}

const TERMINAL = { stdoutTty: true, stderrTty: true, width: 20 } as const;

describe('makeStatusLine', () => {
  it('draws at once, then at most ten times a second, always the latest text', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    for (let records = 0; records < 1000; records += 1) line.set(`${records} records`);
    expect(io.stderrWrites).toEqual([`${HIDE}${CLEAR}0 records`]);
    expect(clock.sleeping).toBe(1);

    await clock.advance(99);
    expect(io.stderrWrites).toHaveLength(1);
    await clock.advance(1);
    expect(io.stderrWrites.slice(1)).toEqual([`${CLEAR}999 records`]);
    line.end();
  });

  it('asks a text function only when it draws', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    let asked = 0;
    const text = (): string => `asked ${(asked += 1)}`;
    for (let index = 0; index < 100; index += 1) line.set(text);
    await clock.advance(100);
    expect(asked).toBe(2);
    line.end();
  });

  it('clears before other output, draws again after, and gives back what was returned', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('status');
    await clock.advance(100);
    const result = await line.around(() => {
      io.stderr.write('a note\n');
      return 42;
    });
    expect(result).toBe(42);
    expect(io.stderrText).toBe(`${HIDE}${CLEAR}status${CLEAR}a note\n${CLEAR}status`);
    line.end();
  });

  it('stays away during a burst, so that the redrawing never sets the pace', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('status');
    for (let index = 0; index < 1000; index += 1) await line.around(() => undefined);
    expect(io.stderrWrites).toEqual([`${HIDE}${CLEAR}status`, CLEAR]);
    await clock.advance(100);
    expect(io.stderrWrites.at(-1)).toBe(`${CLEAR}status`);
    line.end();
  });

  it('is not drawn into output that is still being written', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('one');
    let finish: () => void = () => undefined;
    const writing = line.around(() => new Promise<void>(resolve => (finish = resolve)));
    line.set('two');
    await clock.advance(1000);
    expect(io.stderrText).not.toContain('two');
    finish();
    await writing;
    expect(io.stderrText.endsWith(`${CLEAR}two`)).toBe(true);
    line.end();
  });

  it('is drawn again after a write that failed, and passes the failure on', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('status');
    await clock.advance(100);
    await expect(line.around(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(io.stderrText.endsWith(`${CLEAR}status`)).toBe(true);
    line.end();
  });

  it('fits the width, also after a resize, and leaves the last column free', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('a line that is longer than the terminal');
    expect(io.stderrText).toBe(`${HIDE}${CLEAR}a line that is lon…`);
    io.resize(10);
    await clock.advance(100);
    line.set('a line that is longer than the terminal');
    expect(io.stderrWrites.at(-1)).toBe(`${CLEAR}a line t…`);
    line.end();
  });

  it('clears, shows the cursor once, and never comes back after its end', async () => {
    const io = fakeIo(TERMINAL);
    const clock = new HandClock();
    const line = makeStatusLine(io, clock);
    line.set('one');
    line.set('two');
    line.end();
    line.end();
    line.set('three');
    await clock.advance(1000);
    await line.around(() => undefined);
    expect(io.stderrText).toBe(`${HIDE}${CLEAR}one${CLEAR}${SHOW}`);
  });

  it('touches no cursor when it was never drawn', () => {
    const io = fakeIo(TERMINAL);
    makeStatusLine(io, new HandClock()).end();
    expect(io.stderrText).toBe('');
  });

  it.each([
    { why: 'in a pipe', options: { stdoutTty: true } },
    { why: 'with --quiet', options: { ...TERMINAL, quiet: true } },
    { why: 'with --no-progress', options: { ...TERMINAL, progress: false } },
    { why: 'on a dumb terminal', options: { ...TERMINAL, env: { TERM: 'dumb' } } },
  ])('writes nothing $why', async ({ options }) => {
    const io = fakeIo(options);
    const line = makeStatusLine(io, new HandClock());
    line.set('status');
    expect(await line.around(() => 'written')).toBe('written');
    line.end();
    restoreTerminal(io);
    expect(io.stderrText).toBe('');
  });
});

describe('restoreTerminal', () => {
  it('shows the cursor on a terminal', () => {
    const io = fakeIo(TERMINAL);
    restoreTerminal(io);
    expect(io.stderrText).toBe(SHOW);
  });
});
