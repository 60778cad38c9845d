import type { MappingSettings } from '../aws/mapping-settings.js';

/** The name of a setting; also its key in JSON. */
export type SettingName = keyof MappingSettings;

/** A number with a range; `unlimited` says that -1 is allowed and means without end. */
export interface NumberRow {
  readonly kind: 'count' | 'seconds';
  readonly min: number;
  readonly max: number;
  readonly unlimited: boolean;
}

/** What kind of value a setting has. */
export type SettingKind =
  | NumberRow
  | { readonly kind: 'switch' }
  | { readonly kind: 'filters' }
  | { readonly kind: 'destination' }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'key' };

/** One setting of a mapping: flags, checks, plans, explanations and the documentation are made from it. */
export type SettingRow = SettingKind & {
  /** Lambda's name of the parameter. */
  readonly api: string;
  /** The long flag, without its dashes. */
  readonly flag: string;
  /** The short habit for a long flag. */
  readonly alias?: string;
  /** What stands before the value in a list of settings. */
  readonly label: string;
  readonly does: string;
};

/** Every setting that a mapping of a DynamoDB stream has (FACTS B.1), in the order in which they are shown. All can be changed in place. */
export const settingTable: Readonly<Record<SettingName, SettingRow>> = {
  batchSize: {
    kind: 'count',
    min: 1,
    max: 10_000,
    unlimited: false,
    api: 'BatchSize',
    flag: 'batch-size',
    label: 'batch size',
    does: 'records in one invocation at most; 6 MB is the other limit',
  },
  maximumBatchingWindowSeconds: {
    kind: 'seconds',
    min: 0,
    max: 300,
    unlimited: false,
    api: 'MaximumBatchingWindowInSeconds',
    flag: 'maximum-batching-window',
    alias: 'window',
    label: 'batching window',
    does: 'how long to gather records before an invocation',
  },
  parallelizationFactor: {
    kind: 'count',
    min: 1,
    max: 10,
    unlimited: false,
    api: 'ParallelizationFactor',
    flag: 'parallelization-factor',
    alias: 'parallelization',
    label: 'parallelization',
    does: 'batches of one shard in work at once; order is kept for each item',
  },
  maximumRetryAttempts: {
    kind: 'count',
    min: 0,
    max: 10_000,
    unlimited: true,
    api: 'MaximumRetryAttempts',
    flag: 'maximum-retry-attempts',
    alias: 'retries',
    label: 'retries',
    does: 'further attempts after the first one fails',
  },
  maximumRecordAgeSeconds: {
    kind: 'seconds',
    min: 60,
    max: 604_800,
    unlimited: true,
    api: 'MaximumRecordAgeInSeconds',
    flag: 'maximum-record-age',
    alias: 'record-age',
    label: 'record age',
    does: 'older records are given up; the stream itself keeps them 24 hours',
  },
  bisectBatchOnFunctionError: {
    kind: 'switch',
    api: 'BisectBatchOnFunctionError',
    flag: 'bisect',
    label: 'bisect',
    does: 'halve a batch that fails, to find the record that does it',
  },
  reportBatchItemFailures: {
    kind: 'switch',
    api: 'FunctionResponseTypes',
    flag: 'report-batch-item-failures',
    label: 'partial failures',
    does: 'the function answers with the records that failed, and only those are tried again',
  },
  tumblingWindowSeconds: {
    kind: 'seconds',
    min: 0,
    max: 900,
    unlimited: false,
    api: 'TumblingWindowInSeconds',
    flag: 'tumbling-window',
    label: 'tumbling window',
    does: 'group invocations into windows that hand state on; 0 for none',
  },
  onFailure: {
    kind: 'destination',
    api: 'DestinationConfig.OnFailure.Destination',
    flag: 'on-failure',
    label: 'on failure',
    does: 'where a note of records that were given up goes',
  },
  filters: {
    kind: 'filters',
    api: 'FilterCriteria.Filters',
    flag: 'filter',
    label: 'filters',
    does: 'records that match none of these patterns are skipped',
  },
  metrics: {
    kind: 'metrics',
    api: 'MetricsConfig.Metrics',
    flag: 'metrics',
    label: 'metrics',
    does: 'count events of this mapping in CloudWatch (EventCount, charged)',
  },
  kmsKeyArn: {
    kind: 'key',
    api: 'KMSKeyArn',
    flag: 'kms-key',
    label: 'filter key',
    does: 'the key that encrypts the filters',
  },
};

/** All settings in the order of the table. */
export const settingNames: readonly SettingName[] = [
  'batchSize',
  'maximumBatchingWindowSeconds',
  'parallelizationFactor',
  'maximumRetryAttempts',
  'maximumRecordAgeSeconds',
  'bisectBatchOnFunctionError',
  'reportBatchItemFailures',
  'tumblingWindowSeconds',
  'onFailure',
  'filters',
  'metrics',
  'kmsKeyArn',
];
