import { createHash } from 'node:crypto';
import type { AwsError } from '../aws-error.js';
import { isMembers, type Members, optionalMembers, optionalString } from '../members.js';
import { invalidValue, unsupported } from './sqs-error.js';

/** The value of a message attribute. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, perhaps with a label of the sender's own: `String.json`. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** In base64. */
  readonly BinaryValue?: string;
}

/** The attributes of a message, by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const MAX_ATTRIBUTES = 10;
const MAX_NAME_LENGTH = 256;
const STRING_TRANSPORT = 1;
const BINARY_TRANSPORT = 2;

/** Reads the attributes that a message is sent with; refuses what SQS refuses. */
export function parseMessageAttributes(input: Members, operation: string): MessageAttributes {
  const given = Object.entries(optionalMembers(input, 'MessageAttributes') ?? {});
  if (given.length > MAX_ATTRIBUTES) {
    throw invalidValue(
      `Number of message attributes [${given.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(given.map(([name, value]) => [checkedName(name), parseValue(name, value, operation)]));
}

/** Reads the system attributes that a message is sent with: AWSTraceHeader is all there is. */
export function parseSystemAttributes(input: Members, operation: string): MessageAttributes {
  const given = Object.entries(optionalMembers(input, 'MessageSystemAttributes') ?? {});
  return Object.fromEntries(
    given.map(([name, value]) => {
      if (name !== 'AWSTraceHeader') throw invalidValue(`Message system attribute name '${name}' is invalid.`);
      return [name, parseValue(name, value, operation)];
    }),
  );
}

function checkedName(name: string): string {
  if (name === '') throw invalidValue('The request must contain non-empty message attribute names.');
  if (name.length > MAX_NAME_LENGTH) {
    throw invalidValue(`Message attribute name must be shorter than ${MAX_NAME_LENGTH} bytes.`);
  }
  if (/^(?:aws|amazon)\./i.test(name)) {
    throw invalidValue(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. These strings are reserved for internal use.",
    );
  }
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) throw invalidValue(`Message attribute name '${name}' is invalid.`);
  return name;
}

function parseValue(name: string, value: unknown, operation: string): MessageAttribute {
  const attribute = isMembers(value) ? value : {};
  for (const list of ['StringListValues', 'BinaryListValues']) {
    const given = attribute[list];
    if (Array.isArray(given) && given.length > 0) throw unsupported(operation, `${list}, which AWS has not either,`);
  }
  const type = optionalString(attribute, 'DataType') ?? '';
  if (type === '')
    throw invalidValue(`The message attribute '${name}' must contain a non-empty message attribute type.`);
  const text = optionalString(attribute, 'StringValue');
  const bytes = optionalString(attribute, 'BinaryValue');
  switch (type.split('.')[0]) {
    case 'Binary':
      if (bytes === undefined || bytes === '') throw emptyValue(name, type);
      return { DataType: type, BinaryValue: bytes };
    case 'Number':
      if (text === undefined || text === '') throw emptyValue(name, type);
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
        throw invalidValue(`Can't cast the value of message attribute '${name}' to a number.`);
      }
      return { DataType: type, StringValue: text };
    case 'String':
      if (text === undefined || text === '') throw emptyValue(name, type);
      return { DataType: type, StringValue: text };
    default:
      throw invalidValue(
        `The type of message attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
      );
  }
}

function emptyValue(name: string, type: string): AwsError {
  return invalidValue(`Message attribute '${name}' must contain a non-empty value of type '${type}'.`);
}

/** The checksum that SDKs compare: over names, types and values in the order of the names; none without attributes. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([attribute.BinaryValue === undefined ? STRING_TRANSPORT : BINARY_TRANSPORT]));
    add(valueOf(attribute));
  }
  return hash.digest('hex');
}

/** How much of the size of a message its attributes are: names, types and values. */
export function attributesSizeBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (bytes, [name, attribute]) =>
      bytes + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueOf(attribute).length,
    0,
  );
}

/** Those attributes that a receiver asked for: by name, by `prefix.*`, or `All`. */
export function selectAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some(
      each =>
        each === 'All' || each === '.*' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

function valueOf({ BinaryValue, StringValue = '' }: MessageAttribute): Buffer {
  return BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue, 'base64');
}
