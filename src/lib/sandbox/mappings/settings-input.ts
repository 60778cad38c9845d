import { FILTER_QUOTA } from '../../filter/filter-criteria.js';
import { readPattern } from '../../filter/parse-pattern.js';
import { LAMBDA_REFUSAL } from '../../filter/pattern-fault.js';
import { AwsError, notServed } from '../aws-error.js';
import {
  asMembers,
  type Members,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalList,
  optionalMembers,
  optionalString,
  requiredString,
} from '../members.js';
import type { MappingSettings } from './mapping.js';

/** Parameters that are for other sources than DynamoDB streams: FACTS B.1. */
const FOR_OTHER_SOURCES = [
  'AmazonManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'LoggingConfig',
  'ProvisionedPollerConfig',
  'Queues',
  'ScalingConfig',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'SourceAccessConfigurations',
  'StartingPositionTimestamp',
  'Topics',
];
const MAX_DESTINATION_CHARACTERS = 350;
const MIN_RECORD_AGE_SECONDS = 60;
const DESTINATION = /^arn:aws[a-z-]*:(?:sqs:[a-z0-9-]+:\d{12}:[\w.-]+|sns:[a-z0-9-]+:\d{12}:[\w.-]+|s3:::[a-z0-9.-]+)$/;

/**
 * The settings of a mapping after a call: what the call names is taken from it, the rest stays as `before` has it.
 *
 * @throws AwsError for what Lambda's model or Lambda itself refuses.
 */
export function settingsAfter(operation: string, input: Members, before: MappingSettings): MappingSettings {
  for (const name of FOR_OTHER_SOURCES) {
    if (input[name] !== undefined && input[name] !== null) throw notServed(operation, name);
  }
  return {
    batchSize: optionalInteger(input, 'BatchSize', { min: 1, max: 10_000 }) ?? before.batchSize,
    batchingWindowSeconds:
      optionalInteger(input, 'MaximumBatchingWindowInSeconds', { min: 0, max: 300 }) ?? before.batchingWindowSeconds,
    parallelizationFactor:
      optionalInteger(input, 'ParallelizationFactor', { min: 1, max: 10 }) ?? before.parallelizationFactor,
    recordAgeSeconds: recordAge(input) ?? before.recordAgeSeconds,
    retryAttempts: optionalInteger(input, 'MaximumRetryAttempts', { min: -1, max: 10_000 }) ?? before.retryAttempts,
    bisectsOnError: optionalBoolean(input, 'BisectBatchOnFunctionError') ?? before.bisectsOnError,
    tumblingWindowSeconds:
      optionalInteger(input, 'TumblingWindowInSeconds', { min: 0, max: 900 }) ?? before.tumblingWindowSeconds,
    reportsItemFailures: responseTypes(input) ?? before.reportsItemFailures,
    filters: filters(input) ?? before.filters,
    onFailureArn: changed(onFailure(operation, input), before.onFailureArn),
    metrics: metrics(input) ?? before.metrics,
    kmsKeyArn: changed(optionalString(input, 'KMSKeyArn'), before.kmsKeyArn),
  };
}

/** A text as a call leaves it: not named it stays, empty it is cleared. */
function changed(given: string | undefined, before: string | undefined): string | undefined {
  if (given === undefined) return before;
  return given === '' ? undefined : given;
}

function recordAge(input: Members): number | undefined {
  const seconds = optionalInteger(input, 'MaximumRecordAgeInSeconds', { min: -1, max: 604_800 });
  if (seconds !== undefined && seconds !== -1 && seconds < MIN_RECORD_AGE_SECONDS) {
    // That 0 to 59 are refused is documented (FACTS B.1), the words are not.
    throw invalidValue('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800');
  }
  return seconds;
}

function responseTypes(input: Members): boolean | undefined {
  const types = optionalList(input, 'FunctionResponseTypes');
  if (types === undefined) return undefined;
  for (const FunctionResponseTypes of types) {
    optionalChoice({ FunctionResponseTypes }, 'FunctionResponseTypes', ['ReportBatchItemFailures'] as const);
  }
  return types.length > 0;
}

function filters(input: Members): readonly string[] | undefined {
  const criteria = optionalMembers(input, 'FilterCriteria');
  if (criteria === undefined) return undefined;
  const patterns = (optionalList(criteria, 'Filters') ?? []).map(each => {
    const pattern = requiredString(asMembers(each, 'A filter'), 'Pattern');
    if (readPattern(pattern).pattern === undefined) throw invalidValue(LAMBDA_REFUSAL);
    return pattern;
  });
  // The model sets no maximum: it is a quota (FACTS B.1), and its words are not known.
  if (patterns.length > FILTER_QUOTA.byDefault) {
    throw invalidValue(
      `The number of filters, ${patterns.length}, is more than the quota of ${FILTER_QUOTA.byDefault}`,
    );
  }
  return patterns;
}

function onFailure(operation: string, input: Members): string | undefined {
  const destinations = optionalMembers(input, 'DestinationConfig');
  if (destinations === undefined) return undefined;
  const onSuccess = optionalMembers(destinations, 'OnSuccess');
  if (onSuccess?.['Destination']) throw notServed(operation, 'DestinationConfig.OnSuccess');
  const arn = optionalString(optionalMembers(destinations, 'OnFailure') ?? {}, 'Destination');
  if (arn === undefined || arn === '') return arn;
  if (arn.length > MAX_DESTINATION_CHARACTERS || !DESTINATION.test(arn)) {
    throw invalidValue(`The destination ARN ${arn} is not the ARN of an SQS queue, an SNS topic or an S3 bucket`);
  }
  if (arn.endsWith('.fifo')) {
    // That FIFO is refused is documented (FACTS B.5), the words are not.
    throw invalidValue(`The destination ARN ${arn} is invalid: FIFO queues and topics are not supported`);
  }
  return arn;
}

function metrics(input: Members): readonly string[] | undefined {
  const config = optionalMembers(input, 'MetricsConfig');
  if (config === undefined) return undefined;
  return (optionalList(config, 'Metrics') ?? []).flatMap(
    Metrics => optionalChoice({ Metrics }, 'Metrics', ['EventCount', 'ErrorCount', 'KafkaMetrics'] as const) ?? [],
  );
}

/** A value that Lambda itself refuses, after its model has let it through. */
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
