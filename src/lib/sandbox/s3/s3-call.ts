import type { HttpAnswer, HttpRequest } from '../http/http-answer.js';
import { xmlElement, type XmlValue } from '../http/xml.js';
import type { RegionState, SandboxState } from '../state.js';
import { AwsError } from '../aws-error.js';
import type { Bucket } from './bucket.js';
import { noSuchBucket } from './s3-error.js';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A request to S3, path style: `/bucket/key`. */
export interface S3Call {
  readonly state: SandboxState;
  readonly region: RegionState;
  readonly request: HttpRequest;
  readonly bucketName: string;
  readonly key: string;
}

/** The bucket of a request; one in another Region is to be asked for there. */
export function bucketOf({ state, region, bucketName }: S3Call): Bucket {
  const bucket = state.buckets.get(bucketName);
  if (bucket === undefined) throw noSuchBucket(bucketName);
  if (bucket.region !== region.name) {
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { Bucket: bucketName, Region: bucket.region },
    );
  }
  return bucket;
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers, chunks: [] };
}

/** An answer of XML. */
export function xmlAnswer(name: string, value: XmlValue): HttpAnswer {
  const xml = xmlElement(name, value, 'flat').replace(`<${name}>`, `<${name} xmlns="${NAMESPACE}">`);
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    chunks: [Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)],
  };
}
