import { gunzipSync } from 'node:zlib';
import { serializationError } from '../aws-error.js';
import { type HttpRequest, headerOf } from './http-answer.js';

const MAX_CONTENT_BYTES = 32 * 1024 * 1024;

/** A request's body as it was before it was compressed for the way; SDKs compress large ones of PutMetricData. */
export function contentOf(request: HttpRequest): Buffer {
  const encoding = headerOf(request, 'content-encoding');
  if (encoding !== 'gzip') return request.body;
  try {
    return gunzipSync(request.body, { maxOutputLength: MAX_CONTENT_BYTES });
  } catch (error) {
    throw serializationError(error instanceof Error ? error.message : 'The request is not gzip');
  }
}
