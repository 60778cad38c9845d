import { AwsError, notServed, validationError } from '../aws-error.js';
import { type HttpAnswer, jsonAnswer } from '../http/http-answer.js';
import type { RestCall, RestRoute } from '../http/rest.js';
import { bodyMembers } from '../http/rest-body.js';
import { type Members, optionalMembers } from '../members.js';
import type { Mapping } from './mapping.js';

const TAGS = /^\/2017-03-31\/tags\/(.+)$/;
const MAPPING_ARN = /^arn:aws[a-z-]*:lambda:[^:]*:\d{12}:event-source-mapping:(.+)$/;
const NOTHING: HttpAnswer = { status: 204, headers: {}, chunks: [] };

/** The operations on tags of event source mappings. */
export const mappingTagRoutes: readonly RestRoute[] = [
  {
    operation: 'ListTags',
    method: 'GET',
    path: TAGS,
    answer: call => jsonAnswer(200, { Tags: taggedOf(call, 'ListTags').tags }),
  },
  {
    operation: 'TagResource',
    method: 'POST',
    path: TAGS,
    answer: call => {
      const mapping = taggedOf(call, 'TagResource');
      mapping.tags = { ...mapping.tags, ...parseTags(bodyMembers(call.request)) };
      return NOTHING;
    },
  },
  {
    operation: 'UntagResource',
    method: 'DELETE',
    path: TAGS,
    answer: call => {
      const mapping = taggedOf(call, 'UntagResource');
      const keys = call.request.url.searchParams.getAll('tagKeys');
      mapping.tags = Object.fromEntries(Object.entries(mapping.tags).filter(([key]) => !keys.includes(key)));
      return NOTHING;
    },
  },
];

/** The `Tags` of a request: texts by text. */
export function parseTags(input: Members): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(optionalMembers(input, 'Tags') ?? {})) {
    if (typeof value !== 'string') throw validationError(`The value of the tag ${key} must be a string`);
    tags[key] = value;
  }
  return tags;
}

function taggedOf({ region, parameters }: RestCall, operation: string): Mapping {
  const arn = parameters[0] ?? '';
  const uuid = MAPPING_ARN.exec(arn)?.[1];
  if (uuid === undefined) throw notServed(operation, `the resource ${arn}`);
  const mapping = region.mappings.get(uuid);
  if (mapping === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }
  return mapping;
}
