import { PassThrough } from 'node:stream';
import { runCli } from '../../src/cli.js';
import { fakeClock } from './fake-clock.js';
import { CapturedStream } from './fake-io.js';

/** What one command line wrote and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line as the process does, over memory and with nothing in the environment but what is given. */
export async function runDdbx(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const stdout = new CapturedStream();
  const stderr = new CapturedStream();
  const code = await runCli(argv, {
    streams: { stdin, stdout, stderr },
    env,
    clock: fakeClock(Date.parse('2026-11-20T10:00:00Z')),
    random: () => 0.5,
    signal: new AbortController().signal,
  });
  return { code, stdout: stdout.chunks.join(''), stderr: stderr.chunks.join('') };
}
