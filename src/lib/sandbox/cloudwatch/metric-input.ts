import { AwsError } from '../aws-error.js';
import { asMembers, type Members, optionalList, optionalString, requiredString } from '../members.js';
import type { MetricId } from './metric-store.js';
import type { PeriodRange } from './statistics.js';

/** Most dimensions a metric can have. */
const MAX_DIMENSIONS = 30;

/** A value that CloudWatch does not take, in the words with which it begins. */
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

/** Two parameters that do not go together. */
export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', message);
}

/** A parameter that must be there. */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}`);
}

/** A parameter that CloudWatch has and the sandbox does not: said aloud instead of being ignored. */
export function notServedHere(operation: string, what: string): AwsError {
  return invalidValue(`The sandbox does not serve ${what} of ${operation}. Leave it out, or use an AWS account.`);
}

/** Refuses members that the sandbox would have to ignore. */
export function refuseMembers(operation: string, input: Members, names: readonly string[]): void {
  for (const name of names) if (input[name] !== undefined) throw notServedHere(operation, name);
}

/** The metric that `Namespace`, `MetricName` and `Dimensions` name. */
export function parseMetricId(input: Members, region: string): MetricId {
  return {
    region,
    namespace: requiredString(input, 'Namespace'),
    name: requiredString(input, 'MetricName'),
    dimensions: parseDimensions(input),
  };
}

function parseDimensions(input: Members): Readonly<Record<string, string>> {
  const list = optionalList(input, 'Dimensions') ?? [];
  if (list.length > MAX_DIMENSIONS) {
    throw invalidValue(`The collection Dimensions must not have a size greater than ${MAX_DIMENSIONS}.`);
  }
  const dimensions = new Map<string, string>();
  for (const each of list) {
    const dimension = asMembers(each);
    const name = requiredString(dimension, 'Name');
    if (dimensions.has(name)) throw invalidValue(`No duplicate dimensions allowed: ${name}`);
    dimensions.set(name, requiredString(dimension, 'Value'));
  }
  return Object.fromEntries(dimensions);
}

/** An instant, in milliseconds: on the wire it is seconds since the epoch, or ISO 8601. */
export function parseInstant(input: Members, name: string): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const timeMs = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!Number.isFinite(timeMs)) throw invalidValue(`The parameter ${name} must be a timestamp.`);
  return timeMs;
}

/** `StartTime` and `EndTime`, which both must be there, in their order; milliseconds. */
export function parseTimeRange(input: Members, refuse: (message: string) => AwsError): Omit<PeriodRange, 'periodMs'> {
  const startMs = parseInstant(input, 'StartTime');
  const endMs = parseInstant(input, 'EndTime');
  if (startMs === undefined) throw missingParameter('StartTime');
  if (endMs === undefined) throw missingParameter('EndTime');
  if (startMs === endMs) throw refuse('The parameter StartTime must not equal parameter EndTime.');
  if (startMs > endMs) throw refuse('The parameter StartTime must be less than the parameter EndTime.');
  return { startMs, endMs };
}

/** A period in milliseconds; only whole minutes are kept here. */
export function parsePeriod(operation: string, input: Members, parameter: string): number {
  const seconds = input['Period'];
  if (seconds === undefined || seconds === null) throw missingParameter(parameter);
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds <= 0) {
    throw invalidValue(`The parameter ${parameter} must be a multiple of 60.`);
  }
  if ([1, 5, 10, 20, 30].includes(seconds)) throw notServedHere(operation, 'a Period of less than a minute');
  if (seconds % 60 !== 0) throw invalidValue(`The parameter ${parameter} must be a multiple of 60.`);
  return seconds * 1000;
}

/** Whether a query names no unit or the metric's own: CloudWatch converts none, and finds nothing in another. */
export function isOfUnit(input: Members, unit: string): boolean {
  const wanted = optionalString(input, 'Unit');
  return wanted === undefined || wanted === unit;
}
