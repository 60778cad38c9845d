import type { Clock } from '../model/clock.js';

/** The sandbox's one clock: the clock it was given, plus what a tester has advanced it by. */
export interface SandboxClock {
  /** Milliseconds since the epoch, as the sandbox sees them. */
  now(): number;
  /** Moves the sandbox's time forward by `ms`. */
  advance(ms: number): void;
  /** How far the sandbox is ahead of the clock it was given, in milliseconds. */
  offsetMs(): number;
}

/** Makes a clock that follows `base` and can be advanced. */
export function createSandboxClock(base: Clock): SandboxClock {
  let offsetMs = 0;
  return {
    now: () => base.now() + offsetMs,
    advance: ms => {
      offsetMs += ms;
    },
    offsetMs: () => offsetMs,
  };
}
