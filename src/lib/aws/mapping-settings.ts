import type { EventSourceMappingConfiguration, UpdateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda';

/** The settings of a mapping of a DynamoDB stream (FACTS B.1), each with the value that AWS shows for "none". */
export interface MappingSettings {
  readonly batchSize: number;
  readonly maximumBatchingWindowSeconds: number;
  readonly parallelizationFactor: number;
  /** -1: as long as the stream keeps it. */
  readonly maximumRecordAgeSeconds: number;
  /** After the first try; -1: without end. */
  readonly maximumRetryAttempts: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** 0: no tumbling window. */
  readonly tumblingWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Patterns as they were given, of which one has to match; undefined when they are encrypted and were not shown. */
  readonly filters: readonly string[] | undefined;
  /** The ARN of a queue, a topic or a bucket; empty for none. */
  readonly onFailure: string;
  /** The metrics that the mapping reports, such as EventCount. */
  readonly metrics: readonly string[];
  /** The key that encrypts the filters; empty for none. */
  readonly kmsKeyArn: string;
}

/** What holds when a mapping is made without a word about it (FACTS B.1). */
export const awsDefaults: MappingSettings = {
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  parallelizationFactor: 1,
  maximumRecordAgeSeconds: -1,
  maximumRetryAttempts: -1,
  bisectBatchOnFunctionError: false,
  tumblingWindowSeconds: 0,
  reportBatchItemFailures: false,
  filters: [],
  onFailure: '',
  metrics: [],
  kmsKeyArn: '',
};

const PARTIAL_FAILURES = 'ReportBatchItemFailures';

/** Reads the settings out of Lambda's answer. */
export function settingsOf(mapping: EventSourceMappingConfiguration): MappingSettings {
  const isEncrypted = mapping.KMSKeyArn !== undefined && mapping.KMSKeyArn !== '';
  const patterns = mapping.FilterCriteria?.Filters?.flatMap(filter => filter.Pattern ?? []);
  return {
    batchSize: mapping.BatchSize ?? awsDefaults.batchSize,
    maximumBatchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds ?? awsDefaults.maximumBatchingWindowSeconds,
    parallelizationFactor: mapping.ParallelizationFactor ?? awsDefaults.parallelizationFactor,
    maximumRecordAgeSeconds: mapping.MaximumRecordAgeInSeconds ?? awsDefaults.maximumRecordAgeSeconds,
    maximumRetryAttempts: mapping.MaximumRetryAttempts ?? awsDefaults.maximumRetryAttempts,
    bisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError ?? awsDefaults.bisectBatchOnFunctionError,
    tumblingWindowSeconds: mapping.TumblingWindowInSeconds ?? awsDefaults.tumblingWindowSeconds,
    reportBatchItemFailures: mapping.FunctionResponseTypes?.includes(PARTIAL_FAILURES) ?? false,
    // A list omits encrypted filters, and Get cannot show them without kms:Decrypt (FACTS B.1).
    filters: patterns ?? (isEncrypted ? undefined : []),
    onFailure: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
    metrics: mapping.MetricsConfig?.Metrics ?? [],
    kmsKeyArn: mapping.KMSKeyArn ?? '',
  };
}

type SettingsInput = Omit<UpdateEventSourceMappingCommandInput, 'UUID' | 'FunctionName' | 'Enabled'>;

/** The settings as the parameters of Create and Update; what is left out is not sent. */
export function settingsInput(settings: Partial<MappingSettings>): SettingsInput {
  const { filters, metrics, onFailure, reportBatchItemFailures } = settings;
  const plain: SettingsInput = {
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.maximumBatchingWindowSeconds,
    ParallelizationFactor: settings.parallelizationFactor,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    BisectBatchOnFunctionError: settings.bisectBatchOnFunctionError,
    TumblingWindowInSeconds: settings.tumblingWindowSeconds,
    KMSKeyArn: settings.kmsKeyArn,
  };
  const said = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...said,
    ...(reportBatchItemFailures === undefined
      ? {}
      : { FunctionResponseTypes: reportBatchItemFailures ? [PARTIAL_FAILURES] : [] }),
    // An empty object clears the filters, an empty text the destination (FACTS B.1).
    ...(filters === undefined
      ? {}
      : { FilterCriteria: filters.length === 0 ? {} : { Filters: filters.map(Pattern => ({ Pattern })) } }),
    ...(onFailure === undefined ? {} : { DestinationConfig: { OnFailure: { Destination: onFailure } } }),
    ...(metrics === undefined ? {} : { MetricsConfig: { Metrics: metrics.filter(isMetric) } }),
  };
}

type MappingMetric = 'EventCount' | 'ErrorCount' | 'KafkaMetrics';

function isMetric(name: string): name is MappingMetric {
  return name === 'EventCount' || name === 'ErrorCount' || name === 'KafkaMetrics';
}
