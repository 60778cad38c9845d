import type { Clock } from '../model/clock.js';

/** Lets reads through at so many units a second, by what the ones before really took. */
export interface UnitLimiter {
  /** Resolves when the debt of the earlier reads is paid. */
  turn(signal: AbortSignal): Promise<void>;
  /** Says what a read took. */
  took(units: number): void;
}

/** @param unitsPerSecond undefined for no limit */
export function unitLimiter(unitsPerSecond: number | undefined, clock: Clock): UnitLimiter {
  if (unitsPerSecond === undefined) return { turn: async () => {}, took: () => {} };
  let paidAtMs = Number.NEGATIVE_INFINITY;
  return {
    async turn(signal) {
      // Others may have added to the debt while one slept.
      for (let waitMs = paidAtMs - clock.now(); waitMs > 0; waitMs = paidAtMs - clock.now()) {
        await clock.sleep(waitMs, signal);
      }
    },
    took(units) {
      paidAtMs = Math.max(paidAtMs, clock.now()) + (units / unitsPerSecond) * 1_000;
    },
  };
}
