import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { QueryService } from '../http/aws-query.js';
import {
  asMembers,
  isMembers,
  type Members,
  optionalList,
  optionalMembers,
  optionalString,
  requiredString,
} from '../members.js';
import { attributesSizeBytes, type MessageAttribute, type MessageAttributes } from '../sqs/message-attributes.js';
import { publishToTopic } from './publish.js';
import { invalidParameter, notServedBySns, type Topic, topicIn } from './topic.js';

const MAX_BYTES = 262_144;
const MAX_SUBJECT_LENGTH = 100;
const MAX_ENTRIES = 10;
const NOT_SERVED = ['PhoneNumber', 'MessageDeduplicationId', 'MessageGroupId'];

/** The operations that publish. */
export const publishOperations: QueryService['operations'] = {
  Publish: (input, call) => {
    const member = input['TargetArn'] === undefined ? 'TopicArn' : 'TargetArn';
    return { MessageId: publish(input, topicIn(input, call, member), call, 'Publish') };
  },
  PublishBatch: publishBatch,
};

function publishBatch(input: Members, call: Call) {
  const topic = topicIn(input, call);
  const entries = (optionalList(input, 'PublishBatchRequestEntries') ?? []).map(entry => asMembers(entry, 'An entry'));
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = entries.map(entry => requiredString(entry, 'Id'));
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
  const Successful: { MessageId: string; Id: string }[] = [];
  for (const entry of entries) {
    const Id = requiredString(entry, 'Id');
    try {
      Successful.push({ MessageId: publish(entry, topic, call, 'PublishBatch'), Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Code: error.type, Message: error.message, SenderFault: true, Id });
    }
  }
  return { Failed, Successful };
}

function publish(input: Members, topic: Topic, { state }: Call, operation: string): string {
  for (const member of NOT_SERVED) if (input[member] !== undefined) throw notServedBySns(operation, member);
  const message = requiredString(input, 'Message');
  if (message === '') throw invalidParameter('Empty message');
  const subject = optionalString(input, 'Subject');
  if (subject !== undefined && (subject.length > MAX_SUBJECT_LENGTH || /[^\x20-\x7e]/.test(subject))) {
    throw invalidParameter('Subject');
  }
  const attributes = parseAttributes(input);
  if (Buffer.byteLength(message) + attributesSizeBytes(attributes) > MAX_BYTES) {
    throw invalidParameter('Message too long');
  }
  const text = textForQueues(message, optionalString(input, 'MessageStructure'));
  const id = publishToTopic(state, topic.arn, text, { ...(subject === undefined ? {} : { subject }), attributes });
  return id ?? '';
}

/** With the structure `json` a message has a text for each protocol, and one by default. */
function textForQueues(message: string, structure: string | undefined): string {
  if (structure === undefined) return message;
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const text = isMembers(texts) ? texts['default'] : undefined;
  if (!isMembers(texts) || typeof text !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return optionalString(texts, 'sqs') ?? text;
}

function parseAttributes(input: Members): MessageAttributes {
  const given = Object.entries(optionalMembers(input, 'MessageAttributes') ?? {});
  return Object.fromEntries(given.map(([name, value]) => [name, parseAttribute(name, value)]));
}

function parseAttribute(name: string, value: unknown): MessageAttribute {
  const attribute = isMembers(value) ? value : {};
  const type = optionalString(attribute, 'DataType') ?? '';
  if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(type)) {
    throw new AwsError(
      'ParameterValueInvalid',
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const member = type.startsWith('Binary') ? 'BinaryValue' : 'StringValue';
  const text = optionalString(attribute, member) ?? '';
  if (text === '') {
    throw new AwsError(
      'ParameterValueInvalid',
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  return { DataType: type, [member]: text };
}
