import type { Mapping } from './mapping.js';

/**
 * A mapping as Lambda shows it. A list omits filters that are encrypted (FACTS B.1); in Get, the sandbox's caller may
 * always decrypt.
 */
export function describeMapping(mapping: Mapping, { inList }: { readonly inList: boolean }): Record<string, unknown> {
  const { settings } = mapping;
  const showsFilters = settings.filters.length > 0 && !(inList && settings.kmsKeyArn !== undefined);
  return {
    UUID: mapping.uuid,
    StartingPosition: mapping.startingPosition,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowSeconds,
    ParallelizationFactor: settings.parallelizationFactor,
    EventSourceArn: mapping.streamArn,
    FilterCriteria: showsFilters ? { Filters: settings.filters.map(Pattern => ({ Pattern })) } : undefined,
    KMSKeyArn: settings.kmsKeyArn,
    MetricsConfig: settings.metrics.length > 0 ? { Metrics: settings.metrics } : undefined,
    FunctionArn: mapping.functionArn,
    LastModified: mapping.lastModifiedMs / 1000,
    LastProcessingResult: mapping.lastProcessingResult,
    State: mapping.state,
    StateTransitionReason: 'User action',
    DestinationConfig: { OnFailure: { Destination: settings.onFailureArn } },
    MaximumRecordAgeInSeconds: settings.recordAgeSeconds,
    BisectBatchOnFunctionError: settings.bisectsOnError,
    MaximumRetryAttempts: settings.retryAttempts,
    TumblingWindowInSeconds: settings.tumblingWindowSeconds,
    FunctionResponseTypes: settings.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: mapping.arn,
  };
}
