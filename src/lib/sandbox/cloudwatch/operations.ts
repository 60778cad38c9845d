import type { JsonService } from '../http/json-service.js';
import { getMetricData } from './get-metric-data.js';
import { getMetricStatistics } from './get-metric-statistics.js';
import { listMetrics } from './list-metrics.js';
import { putMetricData } from './put-metric-data.js';

/** The code that CloudWatch has always given for an error, by the error's name in the model, where the two differ. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['InvalidParameterCombinationException', 'InvalidParameterCombination'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['ValidationException', 'ValidationError'],
  ['AccessDeniedException', 'AccessDenied'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
  ['InvalidSignatureException', 'SignatureDoesNotMatch'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
]);

/** CloudWatch's metrics. It was a query service once, so its errors carry their old codes in a header as well. */
export const cloudwatchService: JsonService = {
  signingName: 'monitoring',
  target: 'GraniteServiceVersion20100801',
  version: '1.0',
  errorType: type => `com.amazonaws.cloudwatch.v2010_08_01#${type}`,
  errorHeaders: ({ type, status }) => ({
    'x-amzn-query-error': `${QUERY_CODES.get(type) ?? type};${status < 500 ? 'Sender' : 'Receiver'}`,
  }),
  operations: {
    GetMetricData: getMetricData,
    GetMetricStatistics: getMetricStatistics,
    ListMetrics: listMetrics,
    PutMetricData: putMetricData,
  },
};
