import { AwsError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalInteger, optionalList, optionalMembers, optionalString } from '../members.js';
import { findQueue, queueUrl } from './find-queue.js';
import type { Queue } from './queue.js';
import { applyAttributes, defaultAttributes, describeAttributes, parseQueueAttributes } from './queue-attributes.js';
import { deadLetterSources } from './redrive-policy.js';
import { invalidValue, missingParameter, queueDoesNotExist } from './sqs-error.js';

const MINUTE_MS = 60_000;
const MAX_LISTED = 1_000;
const MAX_TAGS = 50;

/** The operations on queues themselves. */
export const queueOperations: Readonly<Record<string, Operation>> = {
  CreateQueue: createQueue,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  DeleteQueue: deleteQueue,
  PurgeQueue: purgeQueue,
  GetQueueAttributes: getQueueAttributes,
  SetQueueAttributes: setQueueAttributes,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
  ListQueueTags: (input, call) => {
    const { tags } = findQueue(input, call);
    return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
  },
};

function createQueue(input: Members, call: Call): unknown {
  const { state, region } = call;
  const name = optionalString(input, 'QueueName') ?? '';
  const isFifo = optionalMembers(input, 'Attributes')?.['FifoQueue'] === 'true';
  checkName(name, isFifo);
  const arn = `arn:aws:sqs:${region.name}:${state.settings.account}:${name}`;
  const given = parseQueueAttributes(input, { arn, isFifo }, call);
  const known = region.sqs.queues.get(name);
  if (known !== undefined) {
    refuseOtherAttributes(known, given);
    return { QueueUrl: queueUrl(name, call) };
  }
  const nowMs = state.clock.now();
  const deletedAtMs = region.sqs.deletedAtMs.get(name);
  if (deletedAtMs !== undefined && nowMs < deletedAtMs + MINUTE_MS) {
    throw new AwsError(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }
  const attributes = defaultAttributes(isFifo);
  applyAttributes(attributes, given);
  region.sqs.deletedAtMs.delete(name);
  region.sqs.queues.set(name, {
    name,
    arn,
    isFifo,
    createdAtMs: nowMs,
    modifiedAtMs: nowMs,
    attributes,
    tags: new Map(tagsIn(input, 'tags')),
    messages: new Map(),
    oldestSentAtMs: Number.POSITIVE_INFINITY,
    purgedAtMs: undefined,
    numbered: 0,
    sent: new Map(),
  });
  return { QueueUrl: queueUrl(name, call) };
}

function checkName(name: string, isFifo: boolean): void {
  if (name === '') throw invalidValue('Value for parameter QueueName is invalid. Reason: Must specify a queue name.');
  const isOfFifo = /^[\w-]+\.fifo$/.test(name) && name.length <= 80;
  if (isFifo && !isOfFifo) {
    throw invalidValue(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (!isFifo && !/^[\w-]{1,80}$/.test(name)) {
    throw invalidValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

/** Creating what is there already does nothing, unless it is to be something else. */
function refuseOtherAttributes(queue: Queue, given: ReadonlyMap<string, string | undefined>): void {
  for (const [name, value] of given) {
    if (queue.attributes.get(name) === value) continue;
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
}

function getQueueUrl(input: Members, call: Call): unknown {
  const name = optionalString(input, 'QueueName') ?? '';
  if (name === '') throw invalidValue('Value for parameter QueueName is invalid. Reason: Must specify a queue name.');
  const owner = optionalString(input, 'QueueOwnerAWSAccountId') ?? call.state.settings.account;
  if (owner !== call.state.settings.account || !call.region.sqs.queues.has(name)) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(name, call) };
}

function listQueues(input: Members, call: Call): unknown {
  const prefix = optionalString(input, 'QueueNamePrefix') ?? '';
  const names = [...call.region.sqs.queues.keys()].filter(name => name.startsWith(prefix)).sort();
  const { page, next } = pageOf(names, input);
  return { QueueUrls: page.length === 0 ? undefined : page.map(name => queueUrl(name, call)), NextToken: next };
}

function listDeadLetterSourceQueues(input: Members, call: Call): unknown {
  const sources = deadLetterSources(findQueue(input, call), call.region).map(({ name }) => name);
  const { page, next } = pageOf([...sources].sort(), input);
  return { queueUrls: page.map(name => queueUrl(name, call)), NextToken: next };
}

/** A page of names in their order; a token tells where the next begins, and only MaxResults makes pages. */
function pageOf(names: readonly string[], input: Members) {
  const limit = optionalInteger(input, 'MaxResults');
  const token = optionalString(input, 'NextToken');
  if (limit !== undefined && (limit < 1 || limit > MAX_LISTED)) {
    throw invalidValue(
      `Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${MAX_LISTED}.`,
    );
  }
  if (token !== undefined && limit === undefined) {
    throw invalidValue('MaxResults is a mandatory parameter when you provide a value for NextToken.');
  }
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString();
  const rest = names.filter(name => name > after);
  const page = rest.slice(0, limit ?? MAX_LISTED);
  const last = page.at(-1);
  const hasMore = limit !== undefined && rest.length > page.length && last !== undefined;
  return { page, next: hasMore ? Buffer.from(last).toString('base64') : undefined };
}

function deleteQueue(input: Members, call: Call): unknown {
  const { name } = findQueue(input, call);
  call.region.sqs.queues.delete(name);
  call.region.sqs.deletedAtMs.set(name, call.state.clock.now());
  return {};
}

function purgeQueue(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  const nowMs = call.state.clock.now();
  if (queue.purgedAtMs !== undefined && nowMs < queue.purgedAtMs + MINUTE_MS) {
    throw new AwsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      403,
    );
  }
  queue.purgedAtMs = nowMs;
  queue.messages.clear();
  return {};
}

function getQueueAttributes(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  const wanted = (optionalList(input, 'AttributeNames') ?? []).map(String);
  const attributes = describeAttributes(queue, wanted, call.state.clock.now());
  return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
}

function setQueueAttributes(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  if (input['Attributes'] === undefined) throw missingParameter('Attributes');
  applyAttributes(queue.attributes, parseQueueAttributes(input, queue, call));
  queue.modifiedAtMs = call.state.clock.now();
  // A shorter retention may end messages that an earlier look had kept.
  queue.oldestSentAtMs = Number.NEGATIVE_INFINITY;
  return {};
}

function tagQueue(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  const given = tagsIn(input, 'Tags');
  if (given.length === 0) throw missingParameter('Tags');
  const names = new Set([...queue.tags.keys(), ...given.map(([name]) => name)]);
  if (names.size > MAX_TAGS) throw invalidValue(`Too many tags added for queue ${queue.name}.`);
  for (const [name, value] of given) queue.tags.set(name, value);
  return {};
}

function untagQueue(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  const names = optionalList(input, 'TagKeys') ?? [];
  if (names.length === 0) throw missingParameter('TagKeys');
  for (const name of names) queue.tags.delete(String(name));
  return {};
}

function tagsIn(input: Members, member: string): readonly (readonly [string, string])[] {
  return Object.entries(optionalMembers(input, member) ?? {}).map(([name, value]) => [name, String(value)] as const);
}
