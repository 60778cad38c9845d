import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type ColorFlag, type Env, makeIo, wantsColour } from '../../../src/lib/terminal/io.js';
import { CapturedStream, fakeIo } from '../../support/fake-io.js';

interface ColourCase {
  readonly why: string;
  readonly flag?: ColorFlag;
  readonly env?: Env;
  readonly tty: boolean;
  readonly coloured: boolean;
}

const colourCases: readonly ColourCase[] = [
  { why: 'a terminal is coloured', tty: true, coloured: true },
  { why: 'a pipe is not', tty: false, coloured: false },
  { why: '--color always colours a pipe', flag: 'always', tty: false, coloured: true },
  { why: '--color never stops a terminal', flag: 'never', tty: true, coloured: false },
  { why: '--color always beats NO_COLOR', flag: 'always', env: { NO_COLOR: '1' }, tty: false, coloured: true },
  { why: '--color never beats FORCE_COLOR', flag: 'never', env: { FORCE_COLOR: '1' }, tty: true, coloured: false },
  { why: 'NO_COLOR stops a terminal', env: { NO_COLOR: '1' }, tty: true, coloured: false },
  { why: 'an empty NO_COLOR says nothing', env: { NO_COLOR: '' }, tty: true, coloured: true },
  { why: 'NO_COLOR beats FORCE_COLOR', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, tty: true, coloured: false },
  { why: 'FORCE_COLOR colours a pipe', env: { FORCE_COLOR: '1' }, tty: false, coloured: true },
  { why: 'FORCE_COLOR=0 stops a terminal', env: { FORCE_COLOR: '0' }, tty: true, coloured: false },
  { why: 'FORCE_COLOR beats TERM=dumb', env: { FORCE_COLOR: '2', TERM: 'dumb' }, tty: true, coloured: true },
  { why: 'CLICOLOR_FORCE colours a pipe', env: { CLICOLOR_FORCE: '1' }, tty: false, coloured: true },
  { why: 'CLICOLOR_FORCE=0 says nothing', env: { CLICOLOR_FORCE: '0' }, tty: false, coloured: false },
  { why: 'CLICOLOR=0 stops a terminal', env: { CLICOLOR: '0' }, tty: true, coloured: false },
  { why: 'CLICOLOR=1 does not colour a pipe', env: { CLICOLOR: '1' }, tty: false, coloured: false },
  { why: 'TERM=dumb stops a terminal', env: { TERM: 'dumb' }, tty: true, coloured: false },
];

describe('wantsColour', () => {
  it.each(colourCases)('$why', ({ flag = 'auto', env = {}, tty, coloured }) => {
    expect(wantsColour(tty, env, flag)).toBe(coloured);
  });
});

describe('makeIo', () => {
  it('decides for each stream of its own', () => {
    const io = fakeIo({ stdoutTty: false, stderrTty: true });
    expect(io.colour).toEqual({ stdout: false, stderr: true });
    expect([io.stdoutIsTty, io.stderrIsTty, io.stdinIsTty]).toEqual([false, true, false]);
  });

  it('follows the terminal when it is resized', () => {
    const io = fakeIo({ stdoutTty: true, width: 120 });
    expect(io.width).toBe(120);
    io.resize(60);
    expect(io.width).toBe(60);
  });

  it('takes the width from stderr when stdout is a pipe, then from COLUMNS, then 80', () => {
    expect(fakeIo({ stderrTty: true, width: 100 }).width).toBe(100);
    expect(fakeIo({ env: { COLUMNS: '132' } }).width).toBe(132);
    expect(fakeIo({ env: { COLUMNS: 'wide' } }).width).toBe(80);
    expect(fakeIo({ stdoutTty: true, width: 0 }).width).toBe(80);
  });

  it.each([
    { env: { LANG: 'en_US.UTF-8' }, unicode: true },
    { env: { LANG: 'de_DE.utf8' }, unicode: true },
    { env: { LANG: 'C' }, unicode: false },
    { env: { LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, unicode: false },
    { env: { LANG: 'en_US.UTF-8', TERM: 'dumb' }, unicode: false },
    { env: {}, unicode: false },
    { env: { WT_SESSION: 'a' }, unicode: true },
  ])('unicode is $unicode with $env', ({ env, unicode }) => {
    expect(fakeIo({ env }).unicode).toBe(unicode);
  });

  it.each([
    { env: { TERM: 'linux' }, level: 1 },
    { env: { TERM: 'xterm-256color' }, level: 2 },
    { env: { TERM: 'xterm', COLORTERM: 'truecolor' }, level: 2 },
    { env: { TERM: 'xterm-256color', FORCE_COLOR: '1' }, level: 1 },
    { env: {}, level: 2 },
  ])('trusts $env with level $level', ({ env, level }) => {
    expect(fakeIo({ env }).colourLevel).toBe(level);
  });

  it('lets nothing move on a pipe, on a dumb terminal, with --quiet or --no-progress', () => {
    expect(fakeIo({ stderrTty: true }).progress).toBe(true);
    expect(fakeIo({ stderrTty: false }).progress).toBe(false);
    expect(fakeIo({ stderrTty: true, env: { TERM: 'dumb' } }).progress).toBe(false);
    expect(fakeIo({ stderrTty: true, quiet: true }).progress).toBe(false);
    expect(fakeIo({ stderrTty: true, progress: false }).progress).toBe(false);
  });

  it('takes a stream that does not say whether it is a terminal for none', () => {
    const io = makeIo(
      { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new CapturedStream(true) },
      {},
      { color: 'auto', quiet: false, verbose: false, progress: true },
    );
    expect([io.stdinIsTty, io.stdoutIsTty, io.stderrIsTty]).toEqual([false, false, true]);
  });
});
