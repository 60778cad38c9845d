import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import { type Members, optionalMembers } from '../members.js';
import { countMessages, type Queue } from './queue.js';
import { checkRedriveAllowPolicy, checkRedrivePolicy } from './redrive-policy.js';

/** Checks a text for an attribute of a queue and gives what is kept; an empty text unsets where that can be. */
type Check = (text: string, queue: Pick<Queue, 'arn' | 'isFifo'>, call: Call) => string | undefined;

interface Attribute {
  readonly default?: string;
  readonly isOfFifoOnly?: true;
  readonly check: (name: string) => Check;
}

const number =
  (min: number, max: number) =>
  (name: string): Check =>
  text => {
    if (!/^\d+$/.test(text) || Number(text) < min || Number(text) > max) throw invalidAttributeValue(name);
    return String(Number(text));
  };

const oneOf =
  (...values: readonly string[]) =>
  (name: string): Check =>
  text => {
    if (!values.includes(text)) throw invalidAttributeValue(name);
    return text;
  };

const orUnset =
  (check: Check) =>
  (): Check =>
  (text, ...rest) =>
    text === '' ? undefined : check(text, ...rest);

/** The attributes that can be set, FACTS C. */
const SETTABLE: Readonly<Record<string, Attribute>> = {
  VisibilityTimeout: { default: '30', check: number(0, 43_200) },
  MaximumMessageSize: { default: '1048576', check: number(1_024, 1_048_576) },
  MessageRetentionPeriod: { default: '345600', check: number(60, 1_209_600) },
  DelaySeconds: { default: '0', check: number(0, 900) },
  ReceiveMessageWaitTimeSeconds: { default: '0', check: number(0, 20) },
  Policy: { check: orUnset(text => text) },
  RedrivePolicy: {
    check: orUnset((text, queue, { state, region }) => checkRedrivePolicy(text, queue, state, region)),
  },
  RedriveAllowPolicy: { check: orUnset(text => checkRedriveAllowPolicy(text)) },
  KmsMasterKeyId: { check: orUnset(text => text) },
  KmsDataKeyReusePeriodSeconds: { check: number(60, 86_400) },
  SqsManagedSseEnabled: { default: 'true', check: oneOf('true', 'false') },
  FifoQueue: { isOfFifoOnly: true, default: 'true', check: oneOf('true') },
  ContentBasedDeduplication: { isOfFifoOnly: true, default: 'false', check: oneOf('true', 'false') },
  DeduplicationScope: { isOfFifoOnly: true, default: 'queue', check: oneOf('queue', 'messageGroup') },
  FifoThroughputLimit: { isOfFifoOnly: true, default: 'perQueue', check: oneOf('perQueue', 'perMessageGroupId') },
};

const READ_ONLY: ReadonlySet<string> = new Set([
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]);

/** The attributes of a request, checked for the queue that they are meant for; `undefined` unsets. */
export function parseQueueAttributes(
  input: Members,
  queue: Pick<Queue, 'arn' | 'isFifo'>,
  call: Call,
): ReadonlyMap<string, string | undefined> {
  const parsed = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(optionalMembers(input, 'Attributes') ?? {})) {
    const attribute = Object.hasOwn(SETTABLE, name) ? SETTABLE[name] : undefined;
    if (attribute === undefined) throw unknownAttribute(name);
    if (attribute.isOfFifoOnly && !queue.isFifo) throw unknownAttribute(name);
    parsed.set(name, attribute.check(name)(String(value), queue, call));
  }
  if (parsed.get('KmsMasterKeyId') !== undefined && parsed.get('SqsManagedSseEnabled') === 'true') {
    throw new AwsError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  return parsed;
}

/** What a new queue has where its request says nothing. */
export function defaultAttributes(isFifo: boolean): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const [name, attribute] of Object.entries(SETTABLE)) {
    if (attribute.default !== undefined && (isFifo || !attribute.isOfFifoOnly)) defaults.set(name, attribute.default);
  }
  return defaults;
}

/** Sets attributes of a queue. A queue is encrypted in one way: by a key of KMS or by SQS. */
export function applyAttributes(
  attributes: Map<string, string>,
  changes: ReadonlyMap<string, string | undefined>,
): void {
  for (const [name, value] of changes) {
    if (value === undefined) attributes.delete(name);
    else attributes.set(name, value);
  }
  if (changes.get('KmsMasterKeyId') !== undefined) attributes.set('SqsManagedSseEnabled', 'false');
  if (changes.get('SqsManagedSseEnabled') === 'true') attributes.delete('KmsMasterKeyId');
  if (attributes.has('KmsMasterKeyId') && !attributes.has('KmsDataKeyReusePeriodSeconds')) {
    attributes.set('KmsDataKeyReusePeriodSeconds', '300');
  }
  if (!attributes.has('KmsMasterKeyId')) attributes.delete('KmsDataKeyReusePeriodSeconds');
}

/** The attributes of a queue that were asked for: by name, or `All`. */
export function describeAttributes(
  queue: Queue,
  wanted: readonly string[],
  nowMs: number,
): Readonly<Record<string, string>> {
  for (const name of wanted) {
    if (name !== 'All' && !READ_ONLY.has(name) && !Object.hasOwn(SETTABLE, name)) throw unknownAttribute(name);
  }
  const { visible, inFlight, delayed } = countMessages(queue, nowMs);
  const all: Readonly<Record<string, string>> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAtMs / 1000)),
    ...Object.fromEntries(queue.attributes),
  };
  if (wanted.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function invalidAttributeValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
