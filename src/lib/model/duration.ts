import { usageError } from './error.js';

const MS_PER_UNIT = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof MS_PER_UNIT;

/** Units once each, from the largest to the smallest: `1h30m`, never `30m1h` or `1h1h`. */
const DURATION = /^(?=.)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS: readonly Unit[] = ['w', 'd', 'h', 'm', 's', 'ms'];

const TENTHS_BELOW_MS = 10_000;

/** True when `text` is written as a duration is. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/**
 * Reads `90s`, `15m`, `5h30m`, `2d`; the units are `w d h m s ms`.
 *
 * @returns milliseconds.
 * @throws DdbxError (usage) for anything else, a bare number among it: nobody can tell its unit.
 */
export function parseDuration(text: string): number {
  const amounts = DURATION.exec(text)?.slice(1);
  if (amounts === undefined) {
    throw usageError(
      `"${text}" is not a duration.`,
      'Write a number and a unit (ms, s, m, h, d, w): 90s, 15m, 5h30m, 2d.',
    );
  }
  let ms = 0;
  for (const [index, unit] of UNITS.entries()) ms += Number(amounts[index] ?? 0) * MS_PER_UNIT[unit];
  if (!Number.isSafeInteger(ms)) {
    throw usageError(`The duration "${text}" is too long to count.`, 'Durations look like 90s, 15m, 5h30m, 2d.');
  }
  return ms;
}

/** A duration for people, its two largest units: `340ms`, `1.2s`, `38s`, `4h12m`, `2d3h`. */
export function formatDuration(durationMs: number): string {
  const sign = durationMs < 0 ? '-' : '';
  const ms = Math.abs(durationMs);
  if (Math.round(ms) < MS_PER_UNIT.s) return Math.round(ms) === 0 ? '0s' : `${sign}${Math.round(ms)}ms`;
  const tenths = Math.round(ms / 100);
  if (tenths * 100 < TENTHS_BELOW_MS) return `${sign}${tenths / 10}s`;
  return (
    sign + (pair(ms, 's', 'm') ?? pair(ms, 'm', 'h') ?? pair(ms, 'h', 'd') ?? `${Math.round(ms / MS_PER_UNIT.d)}d`)
  );
}

/** Rounds to `small` units and writes what fits below a hundred days in `small` and the unit above it. */
function pair(ms: number, small: 's' | 'm' | 'h', large: 'm' | 'h' | 'd'): string | undefined {
  const limitMs = { s: MS_PER_UNIT.h, m: MS_PER_UNIT.d, h: 100 * MS_PER_UNIT.d }[small];
  const roundedMs = Math.round(ms / MS_PER_UNIT[small]) * MS_PER_UNIT[small];
  if (roundedMs >= limitMs) return undefined;
  const larges = Math.floor(roundedMs / MS_PER_UNIT[large]);
  const smalls = (roundedMs - larges * MS_PER_UNIT[large]) / MS_PER_UNIT[small];
  return `${larges === 0 ? '' : `${larges}${large}`}${smalls === 0 && larges > 0 ? '' : `${smalls}${small}`}`;
}
