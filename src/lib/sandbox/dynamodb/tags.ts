import { AwsError, invalidParameter, validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { asMembers, type Members, optionalList, optionalString, requiredList, requiredString } from '../members.js';
import type { RegionState } from '../state.js';

const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** The operations on tags, of tables and of streams (FACTS A.6). */
export const tagOperations: Readonly<Record<string, Operation>> = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsOfResource: listTags,
};

function tagResource(input: Members, { region }: Call): unknown {
  const arn = resourceArn(input, region);
  requiredList(input, 'Tags');
  const given = parseTags(input);
  if (given.size === 0) throw validationError('Atleast one Tag needs to be provided as Input.');
  const tags = new Map([...(region.tags.get(arn) ?? []), ...given]);
  if (tags.size > MAX_TAGS) throw tooManyTags();
  region.tags.set(arn, tags);
  return {};
}

function untagResource(input: Members, { region }: Call): unknown {
  const arn = resourceArn(input, region);
  const keys = requiredList(input, 'TagKeys').map(String);
  if (keys.length === 0) throw validationError('Atleast one Tag Key needs to be provided as Input.');
  for (const key of keys) region.tags.get(arn)?.delete(key);
  return {};
}

function listTags(input: Members, { region }: Call): unknown {
  // AWS gives a page as long as it likes; here all tags are one page, so a NextToken cannot have been given out.
  if (optionalString(input, 'NextToken') !== undefined) throw validationError('Invalid NextToken');
  const tags = region.tags.get(resourceArn(input, region)) ?? new Map<string, string>();
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

/** Reads `Tags`; none when the request has no such member. */
export function parseTags(input: Members): Map<string, string> {
  const tags = new Map<string, string>();
  for (const each of optionalList(input, 'Tags') ?? []) {
    const tag = asMembers(each);
    const key = requiredString(tag, 'Key');
    const value = requiredString(tag, 'Value');
    if (key === '' || key.length > MAX_KEY_LENGTH) {
      throw validationError(`The Tag Key provided is invalid, Key: ${key}`);
    }
    if (value.length > MAX_VALUE_LENGTH) throw validationError(`The Tag Value provided is invalid, Value: ${value}`);
    if (key.startsWith('aws:')) throw validationError(`Tag Key cannot be prefixed with aws:, Key: ${key}`);
    if (tags.has(key)) {
      throw validationError(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${key}`);
    }
    tags.set(key, value);
  }
  if (tags.size > MAX_TAGS) throw tooManyTags();
  return tags;
}

function tooManyTags(): AwsError {
  return validationError('Number of Tags exceed the current limit for the provided ResourceArn');
}

/** The ARN of a table or a stream that is there. */
function resourceArn(input: Members, region: RegionState): string {
  const arn = requiredString(input, 'ResourceArn');
  if (!arn.startsWith('arn:')) throw invalidParameter(`ARNs must start with 'arn:': ${arn}`);
  if (!arn.startsWith('arn:aws:dynamodb:')) {
    throw invalidParameter(`Provided Arn is not a DynamoDB resource arn: ${arn}`);
  }
  const isThere = [...region.tables.values()].some(table => table.arn === arn) || region.streams.has(arn);
  if (isThere) return arn;
  if (/\/index\//.test(arn)) {
    throw invalidParameter(
      `Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
    );
  }
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
}
