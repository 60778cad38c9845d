import type { SandboxClock } from '../clock.js';

/** Which metric: CloudWatch tells metrics apart by Region, namespace, name and dimensions. */
export interface MetricId {
  readonly region: string;
  /** Such as `AWS/DynamoDB`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What was seen of a metric in one minute; all that CloudWatch's plain statistics need. */
export interface MetricMinute {
  /** The beginning of the minute, in milliseconds since the epoch. */
  readonly startMs: number;
  sum: number;
  sampleCount: number;
  minimum: number;
  maximum: number;
}

/** A metric with its minutes, oldest first. */
export interface Metric {
  readonly id: MetricId;
  readonly minutes: readonly MetricMinute[];
}

/** The metrics of a sandbox: services record into it, CloudWatch's operations read from it. */
export interface MetricStore {
  /** Adds one sample, seen at `atMs` (now, when left out). */
  record(id: MetricId, value: number, atMs?: number): void;
  /** Every metric of a Region, in the order in which they were first seen. */
  all(region: string): readonly Metric[];
  /** One metric, by its exact dimensions. */
  find(id: MetricId): Metric | undefined;
}

const MINUTE_MS = 60_000;

/** Makes an empty store. */
export function createMetricStore(clock: SandboxClock): MetricStore {
  const metrics = new Map<string, { readonly id: MetricId; readonly minutes: MetricMinute[] }>();
  return {
    record: (id, value, atMs = clock.now()) => {
      const key = keyOf(id);
      const metric = metrics.get(key) ?? { id, minutes: [] };
      metrics.set(key, metric);
      const minute = minuteOf(metric.minutes, Math.floor(atMs / MINUTE_MS) * MINUTE_MS);
      minute.sum += value;
      minute.sampleCount += 1;
      minute.minimum = Math.min(minute.minimum, value);
      minute.maximum = Math.max(minute.maximum, value);
    },
    all: region => [...metrics.values()].filter(({ id }) => id.region === region),
    find: id => metrics.get(keyOf(id)),
  };
}

/** The minute that begins at `startMs`; almost always the last one. */
function minuteOf(minutes: MetricMinute[], startMs: number): MetricMinute {
  let at = minutes.length;
  while (at > 0 && (minutes[at - 1]?.startMs ?? 0) > startMs) at -= 1;
  const present = minutes[at - 1];
  if (present?.startMs === startMs) return present;
  const minute = {
    startMs,
    sum: 0,
    sampleCount: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
  };
  minutes.splice(at, 0, minute);
  return minute;
}

function keyOf({ region, namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([region, namespace, name, pairs]);
}
