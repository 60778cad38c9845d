import type { Call } from '../call.js';
import {
  asMembers,
  type Members,
  optionalList,
  optionalMembers,
  optionalString,
  requiredList,
  requiredString,
} from '../members.js';
import {
  invalidCombination,
  invalidValue,
  missingParameter,
  parseInstant,
  parseMetricId,
  refuseMembers,
} from './metric-input.js';
import { type SampleSet, together } from './metric-store.js';

const OPERATION = 'PutMetricData';
const MAX_DATA = 1_000;
const MAX_VALUES = 150;
const HOUR_MS = 60 * 60 * 1000;
const OLDEST_MS = 14 * 24 * HOUR_MS;
const NEWEST_MS = 2 * HOUR_MS;

/** PutMetricData, to the minute. All data is checked before any is kept. */
export function putMetricData(input: Members, { state, region }: Call): unknown {
  refuseMembers(OPERATION, input, ['EntityMetricData', 'StrictEntityValidation']);
  const namespace = requiredString(input, 'Namespace');
  if (namespace.startsWith('AWS/')) {
    throw invalidValue(
      'The value AWS/ for parameter Namespace is invalid: it is kept for the metrics of AWS services.',
    );
  }
  const data = requiredList(input, 'MetricData').map(each => asMembers(each));
  if (data.length === 0) throw missingParameter('MetricData');
  if (data.length > MAX_DATA)
    throw invalidValue(`The collection MetricData must not have a size greater than ${MAX_DATA}.`);
  const nowMs = state.clock.now();
  const checked = data.map((datum, index) => {
    const resolution = datum['StorageResolution'];
    if (resolution !== undefined && resolution !== 60) refuseMembers(OPERATION, datum, ['StorageResolution']);
    return {
      id: parseMetricId({ ...datum, Namespace: namespace }, region.name),
      samples: parseSamples(datum, `MetricData.member.${index + 1}`),
      atMs: parseTime(datum, nowMs),
      unit: optionalString(datum, 'Unit') ?? 'None',
    };
  });
  for (const { id, samples, atMs, unit } of checked) state.metrics.add(id, samples, atMs, unit);
  return {};
}

function parseTime(datum: Members, nowMs: number): number {
  const atMs = parseInstant(datum, 'Timestamp') ?? nowMs;
  if (atMs < nowMs - OLDEST_MS || atMs > nowMs + NEWEST_MS) {
    throw invalidValue('The parameter Timestamp must be at most two weeks in the past and two hours in the future.');
  }
  return atMs;
}

/** One value, several values with their counts, or what several came to. */
function parseSamples(datum: Members, parameter: string): SampleSet {
  const set = optionalMembers(datum, 'StatisticValues');
  const values = optionalList(datum, 'Values');
  const given = [datum['Value'], set, values].filter(each => each !== undefined && each !== null);
  if (given.length === 0) throw missingParameter(`${parameter}.Value`);
  if (given.length > 1) {
    throw invalidCombination(`The parameters ${parameter}.Value, .Values and .StatisticValues are mutually exclusive.`);
  }
  if (set !== undefined) {
    return {
      sum: numberIn(set, 'Sum', parameter),
      sampleCount: numberIn(set, 'SampleCount', parameter),
      minimum: numberIn(set, 'Minimum', parameter),
      maximum: numberIn(set, 'Maximum', parameter),
    };
  }
  if (values === undefined) return repeated(numberIn(datum, 'Value', parameter), 1);
  const counts = optionalList(datum, 'Counts') ?? values.map(() => 1);
  if (values.length === 0 || values.length > MAX_VALUES || counts.length !== values.length) {
    throw invalidValue(
      `${parameter} must have 1 to ${MAX_VALUES} Values, and as many Counts as Values when it has Counts.`,
    );
  }
  return values
    .map((value, at) => repeated(finite(value, `${parameter}.Values`), finite(counts[at], `${parameter}.Counts`)))
    .reduce(together);
}

function repeated(value: number, count: number): SampleSet {
  return { sum: value * count, sampleCount: count, minimum: value, maximum: value };
}

function numberIn(input: Members, name: string, parameter: string): number {
  return finite(input[name], `${parameter}.${name}`);
}

function finite(value: unknown, parameter: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidValue(`The value ${String(value)} for parameter ${parameter} is invalid.`);
  }
  return value;
}
