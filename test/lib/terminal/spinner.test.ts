import { describe, expect, it } from 'vitest';
import { withSpinner } from '../../../src/lib/terminal/spinner.js';
import { type FakeIo, fakeIo } from '../../support/fake-io.js';

const SHOW_CURSOR = '\u001b[?25h';

async function fail(io: FakeIo): Promise<unknown> {
  return withSpinner(io, 'Waiting', () => Promise.reject(new Error('no'))).catch((error: unknown) => error);
}

describe('withSpinner on a terminal', () => {
  it('turns, follows the text, and ends with a mark and the cursor back', async () => {
    const io = fakeIo({ stderrTty: true });
    const result = await withSpinner(io, 'Waiting for Orders', update => {
      update('Waiting for Orders: ACTIVE');
      return Promise.resolve(42);
    });
    expect(result).toBe(42);
    expect(io.stderrText).toContain('Waiting for Orders\u001b');
    expect(io.stderrText.endsWith(`${SHOW_CURSOR}\u001b[32m✔\u001b[39m Waiting for Orders: ACTIVE\n`)).toBe(true);
    expect(io.stdoutText).toBe('');
  });

  it('marks a failure, gives the cursor back and passes the error on', async () => {
    const io = fakeIo({ stderrTty: true });
    expect(await fail(io)).toEqual(new Error('no'));
    expect(io.stderrText.endsWith(`${SHOW_CURSOR}\u001b[31m✖\u001b[39m Waiting\n`)).toBe(true);
  });

  it('says its marks in words where Unicode is not known', async () => {
    const io = fakeIo({ stderrTty: true, env: { LANG: 'C' }, color: 'never' });
    await withSpinner(io, 'Waiting', () => Promise.resolve());
    await fail(io);
    expect(io.stderrText).toContain('ok Waiting\n');
    expect(io.stderrText).toContain('failed Waiting\n');
    expect(io.stderrText).not.toMatch(/[^\p{ASCII}]/u);
  });

  it('leaves stdin alone', async () => {
    const io = fakeIo({ stderrTty: true, stdinTty: true });
    await withSpinner(io, 'Waiting', () => Promise.resolve());
    expect(io.stdin.listenerCount('data')).toBe(0);
  });
});

describe('withSpinner elsewhere', () => {
  it.each([
    { why: 'in a pipe', options: {} },
    { why: 'with --no-progress', options: { stderrTty: true, progress: false } },
  ])('writes one line for each change $why', async ({ options }) => {
    const io = fakeIo(options);
    await withSpinner(io, 'Waiting', update => {
      for (const text of ['Waiting', 'CREATING', 'CREATING', 'ACTIVE']) update(text);
      return Promise.resolve();
    });
    expect(io.stderrText).toBe('Waiting\nCREATING\nACTIVE\n');
  });

  it('writes nothing with --quiet, and still works', async () => {
    const io = fakeIo({ stderrTty: true, quiet: true });
    const result = await withSpinner(io, 'Waiting', update => {
      update('more');
      return Promise.resolve('done');
    });
    expect(result).toBe('done');
    expect(await fail(io)).toEqual(new Error('no'));
    expect(io.stderrText).toBe('');
  });
});
