import type { MappingSettings } from '../aws/mapping-settings.js';

/** A documented bundle of settings; what it does not name stays as it is. */
export interface Preset {
  readonly settings: Partial<MappingSettings>;
  /** For what it is, and what it costs. */
  readonly why: string;
}

/** Half of what a stream keeps: a record that is given up can still be read for the other half. */
const HALF_OF_RETENTION_SECONDS = 43_200;

/**
 * What a new mapping gets where nothing is said: a record that always fails is found by halving, tried six times, and
 * given up while it can still be read.
 */
export const safeDefaults: Partial<MappingSettings> = {
  maximumRetryAttempts: 5,
  maximumRecordAgeSeconds: HALF_OF_RETENTION_SECONDS,
  bisectBatchOnFunctionError: true,
};

/** The presets of `--preset`, by name. */
export const presets = {
  resilient: {
    settings: safeDefaults,
    why: 'A record that always fails cannot hold the shard up for long. It needs a failure destination to be of use.',
  },
  'low-latency': {
    settings: {
      ...safeDefaults,
      batchSize: 10,
      maximumBatchingWindowSeconds: 0,
      parallelizationFactor: 10,
      maximumRetryAttempts: 2,
    },
    why: 'Records reach the function at once, ten batches of a shard side by side, and failures are given up soon. More invocations, more concurrency.',
  },
  'high-throughput': {
    settings: {
      ...safeDefaults,
      batchSize: 1000,
      maximumBatchingWindowSeconds: 1,
      parallelizationFactor: 10,
    },
    why: 'Large batches, ten of a shard side by side. The function must get through 1000 records within its timeout.',
  },
  cost: {
    settings: {
      ...safeDefaults,
      batchSize: 1000,
      maximumBatchingWindowSeconds: 60,
      parallelizationFactor: 1,
    },
    why: 'As few invocations as can be: records wait up to a minute for company.',
  },
} as const satisfies Readonly<Record<string, Preset>>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;

/** The names that `--preset` takes. */
export const presetNames: readonly PresetName[] = ['resilient', 'low-latency', 'high-throughput', 'cost'];
