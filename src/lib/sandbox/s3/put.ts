import { createHash } from 'node:crypto';
import type { SandboxState } from '../state.js';
import type { StoredObject } from './bucket.js';

/** Puts an object into a bucket, over what was there under its key; gives it, or `undefined` when there is no such bucket. */
export function putObject(
  state: SandboxState,
  bucketName: string,
  key: string,
  body: Buffer | string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/octet-stream' },
): StoredObject | undefined {
  const bucket = state.buckets.get(bucketName);
  if (bucket === undefined) return undefined;
  const bytes = Buffer.from(body);
  const stored: StoredObject = {
    key,
    body: bytes,
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    modifiedAtMs: state.clock.now(),
    headers,
  };
  bucket.objects.set(key, stored);
  return stored;
}
