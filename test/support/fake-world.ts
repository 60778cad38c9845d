import { PassThrough } from 'node:stream';
import type { World } from '../../src/host.js';
import { fakeClock } from './fake-clock.js';
import { CapturedStream } from './fake-io.js';

/** A world of memory: captured streams, a clock of the test's own, nothing in the environment but what is given. */
export function fakeWorld(env: Readonly<Record<string, string>> = {}) {
  return {
    streams: {
      stdin: Object.assign(new PassThrough(), { isTTY: false }),
      stdout: new CapturedStream(),
      stderr: new CapturedStream(),
    },
    env,
    clock: fakeClock(Date.parse('2026-11-20T10:00:00Z')),
    random: () => 0.5,
    signal: new AbortController().signal,
  } satisfies World;
}
