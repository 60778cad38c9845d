import { serializationError } from '../aws-error.js';
import { asMembers, type Members } from '../members.js';
import type { HttpRequest } from './http-answer.js';

/** The JSON object in a REST request's body; an empty body is an empty object. */
export function bodyMembers({ body }: HttpRequest): Members {
  if (body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch (error) {
    throw serializationError(error instanceof Error ? error.message : 'The request is not JSON');
  }
  return asMembers(parsed);
}
