import { AwsError } from '../aws-error.js';
import type { Members } from '../members.js';
import { optionalString } from '../members.js';

const MODEL = 'com.amazonaws.sqs#';
const CORAL = 'com.amazon.coral.service#';

/** The exceptions of the service's model, with the codes that they had in the query protocol. */
const MODELLED: ReadonlyMap<string, string> = new Map([
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['QueueDeletedRecently', 'AWS.SimpleQueueService.QueueDeletedRecently'],
  ['PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress'],
  ['EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'],
  ['TooManyEntriesInBatchRequest', 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
  ['InvalidBatchEntryId', 'AWS.SimpleQueueService.InvalidBatchEntryId'],
  ['BatchEntryIdsNotDistinct', 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
  ['BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong'],
  ['UnsupportedOperation', 'AWS.SimpleQueueService.UnsupportedOperation'],
  ['InvalidAttributeName', 'InvalidAttributeName'],
  ['InvalidAttributeValue', 'InvalidAttributeValue'],
  ['InvalidMessageContents', 'InvalidMessageContents'],
  ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid'],
  ['ResourceNotFoundException', 'ResourceNotFoundException'],
  ['OverLimit', 'OverLimit'],
  ['RequestThrottled', 'RequestThrottled'],
]);

/** The exceptions that every service may answer with, with their codes in the query protocol. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['SerializationException', 'MalformedInput'],
  ['UnknownOperationException', 'InvalidAction'],
  ['AccessDeniedException', 'AccessDenied'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
  ['IncompleteSignatureException', 'IncompleteSignature'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
  ['InvalidSignatureException', 'SignatureDoesNotMatch'],
]);

/** An exception's name as SQS writes it into `__type`. */
export function sqsErrorType(type: string): string {
  const name = nameOf(type);
  return `${MODELLED.has(name) ? MODEL : CORAL}${name}`;
}

/** The header that tells clients of the older protocol the code that they know. */
export function sqsErrorHeaders(error: AwsError): Readonly<Record<string, string>> {
  return { 'x-amzn-query-error': `${queryCodeOf(error.type)};${error.status < 500 ? 'Sender' : 'Receiver'}` };
}

/** The code that an exception has in the query protocol, and in `Failed` of a batch. */
export function queryCodeOf(type: string): string {
  const name = nameOf(type);
  return MODELLED.get(name) ?? COMMON.get(name) ?? name;
}

/** Throttling has a name of its own here. */
function nameOf(type: string): string {
  return type === 'ThrottlingException' ? 'RequestThrottled' : type;
}

/** A parameter whose value is refused. */
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

/** The text in which SQS refuses most values. */
export function invalidParameter(value: string | number, name: string, reason: string): AwsError {
  return invalidValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

/** A queue that there is not, by whatever it was named. */
export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** A string that must be there and not be empty. */
export function required(input: Members, name: string, shownAs = name): string {
  const value = optionalString(input, name);
  if (value === undefined || value === '') throw missingParameter(shownAs);
  return value;
}

/** A parameter that is missing. */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

/** A parameter that AWS has and the sandbox does not. */
export function unsupported(operation: string, what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The sandbox does not serve ${what} of ${operation}.`);
}
