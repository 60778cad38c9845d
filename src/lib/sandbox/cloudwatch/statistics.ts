import { type Metric, type SampleSet, together } from './metric-store.js';

/** The statistics that need no more than a minute's sums; percentiles need the samples, which are not kept. */
export type Statistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';

/** The statistics, in the order of the API's model. */
export const STATISTICS: readonly Statistic[] = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

/** From when to when, in periods of what length; all in milliseconds. */
export interface PeriodRange {
  readonly startMs: number;
  /** Excluded. */
  readonly endMs: number;
  readonly periodMs: number;
}

/** What was seen in the period that began at `startMs`. */
export interface PeriodSamples extends SampleSet {
  readonly startMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The periods in which something was seen, oldest first; periods are counted from the start that was asked for. */
export function periodsOf(metric: Metric | undefined, { startMs, endMs, periodMs }: PeriodRange): PeriodSamples[] {
  const periods: PeriodSamples[] = [];
  for (const minute of metric?.minutes ?? []) {
    if (minute.startMs < startMs || minute.startMs >= endMs) continue;
    const beginMs = startMs + Math.floor((minute.startMs - startMs) / periodMs) * periodMs;
    const last = periods.at(-1);
    if (last?.startMs === beginMs) periods[periods.length - 1] = { startMs: beginMs, ...together(last, minute) };
    else periods.push({ ...minute, startMs: beginMs });
  }
  return periods;
}

/** One statistic of a period. */
export function valueOf(samples: SampleSet, statistic: Statistic): number {
  switch (statistic) {
    case 'Average':
      return samples.sum / samples.sampleCount;
    case 'Sum':
      return samples.sum;
    case 'Minimum':
      return samples.minimum;
    case 'Maximum':
      return samples.maximum;
    case 'SampleCount':
      return samples.sampleCount;
  }
}

/** Rounds a start down as CloudWatch does: to the minute, to five after 15 days, to the hour after 63. */
export function roundStart(startMs: number, nowMs: number): number {
  const ageMs = nowMs - startMs;
  const stepMs = ageMs > 63 * DAY_MS ? 60 * MINUTE_MS : ageMs >= 15 * DAY_MS ? 5 * MINUTE_MS : MINUTE_MS;
  return Math.floor(startMs / stepMs) * stepMs;
}
