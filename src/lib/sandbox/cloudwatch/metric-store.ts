import type { SandboxClock } from '../clock.js';

/** Which metric: CloudWatch tells metrics apart by Region, namespace, name and dimensions. */
export interface MetricId {
  readonly region: string;
  /** Such as `AWS/DynamoDB`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What several samples come to; all that CloudWatch's plain statistics need. */
export interface SampleSet {
  readonly sum: number;
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What was seen of a metric in one minute. */
export interface MetricMinute extends SampleSet {
  /** The beginning of the minute, in milliseconds since the epoch. */
  readonly startMs: number;
}

/** A metric with its minutes, oldest first. */
export interface Metric {
  readonly id: MetricId;
  /** The unit that its first sample was put with; `undefined` for the metrics of services. */
  readonly unit: string | undefined;
  readonly minutes: readonly MetricMinute[];
}

/** The metrics of a sandbox: services record into it, CloudWatch's operations read from it. */
export interface MetricStore {
  /** Adds one sample, seen at `atMs` (now, when left out). */
  record(id: MetricId, value: number, atMs?: number): void;
  /** Adds what several samples, seen in the minute of `atMs`, come to. */
  add(id: MetricId, samples: SampleSet, atMs: number, unit?: string): void;
  /** Every metric of a Region, in the order in which they were first seen. */
  all(region: string): readonly Metric[];
  /** One metric, by its exact dimensions. */
  find(id: MetricId): Metric | undefined;
  /** Every metric there is, as plain data. */
  save(): readonly Metric[];
  /** Takes back what `save` gave. */
  load(metrics: readonly Metric[]): void;
}

interface StoredMetric extends Metric {
  readonly minutes: MetricMinute[];
}

const MINUTE_MS = 60_000;

/** CloudWatch keeps metrics for fifteen months. */
const KEPT_MS = 455 * 24 * 60 * MINUTE_MS;

/** Makes an empty store. */
export function createMetricStore(clock: SandboxClock): MetricStore {
  const metrics = new Map<string, StoredMetric>();

  const add: MetricStore['add'] = (id, samples, atMs, unit) => {
    const key = keyOf(id);
    const metric = metrics.get(key) ?? { id, unit, minutes: [] };
    metrics.set(key, metric);
    addToMinute(metric.minutes, Math.floor(atMs / MINUTE_MS) * MINUTE_MS, samples);
    dropOld(metric.minutes, clock.now() - KEPT_MS);
  };

  return {
    add,
    record: (id, value, atMs = clock.now()) => {
      add(id, { sum: value, sampleCount: 1, minimum: value, maximum: value }, atMs);
    },
    all: region => [...metrics.values()].filter(({ id }) => id.region === region),
    find: id => metrics.get(keyOf(id)),
    save: () => [...metrics.values()],
    load: saved => {
      for (const metric of saved) metrics.set(keyOf(metric.id), { ...metric, minutes: [...metric.minutes] });
    },
  };
}

/** Adds to the minute that begins at `startMs`; almost always the last one. */
function addToMinute(minutes: MetricMinute[], startMs: number, samples: SampleSet): void {
  let at = minutes.length;
  while (at > 0 && (minutes[at - 1]?.startMs ?? 0) > startMs) at -= 1;
  const present = minutes[at - 1];
  if (present?.startMs === startMs) minutes[at - 1] = { startMs, ...together(present, samples) };
  else minutes.splice(at, 0, { startMs, ...samples });
}

/** What two sets of samples come to. */
export function together(one: SampleSet, other: SampleSet): SampleSet {
  return {
    sum: one.sum + other.sum,
    sampleCount: one.sampleCount + other.sampleCount,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  };
}

function dropOld(minutes: MetricMinute[], beforeMs: number): void {
  while ((minutes[0]?.startMs ?? beforeMs) < beforeMs) minutes.shift();
}

function keyOf({ region, namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([region, namespace, name, pairs]);
}
