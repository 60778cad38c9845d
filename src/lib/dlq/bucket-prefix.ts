import { usageError } from '../model/error.js';

/** A bucket and the beginning of the keys in it. */
export interface BucketPrefix {
  readonly bucket: string;
  readonly prefix: string;
}

const S3_URL = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

/** Reads `s3://bucket/prefix`. @throws DdbxError `usage` */
export function parseBucketPrefix(text: string): BucketPrefix {
  const [, bucket, prefix = ''] = S3_URL.exec(text) ?? [];
  if (bucket === undefined) {
    throw usageError(`"${text}" is not a place in S3.`, 'Write s3://bucket or s3://bucket/prefix.');
  }
  return { bucket, prefix };
}
