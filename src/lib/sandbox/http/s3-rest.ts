import { AwsError } from '../aws-error.js';
import { createBucket, deleteBucket, headBucket, listBuckets, listObjects } from '../s3/bucket-operations.js';
import { copyObject, deleteObject, deleteObjects, getObject, putObjectOperation } from '../s3/object-operations.js';
import type { S3Call } from '../s3/s3-call.js';
import { notImplemented } from '../s3/s3-error.js';
import type { SandboxState } from '../state.js';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './http-answer.js';
import { regionOf, signedServiceOf } from './region-of.js';
import { xmlElement, type XmlValue } from './xml.js';

interface S3Operation {
  readonly name: string;
  /** The parameters of the query that it knows; another one asks for something else. */
  readonly query: readonly string[];
  readonly answer: (call: S3Call) => HttpAnswer;
}

const LIST_QUERY = [
  'list-type',
  'prefix',
  'delimiter',
  'start-after',
  'continuation-token',
  'max-keys',
  'encoding-type',
  'fetch-owner',
];

/** S3's own protocol, path style: methods on `/bucket` and `/bucket/key`; `undefined` for a request to another service. */
export function s3Exchange(request: HttpRequest, state: SandboxState): Exchange | undefined {
  if (signedServiceOf(request) !== 's3') return undefined;
  const [, bucketName = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodePath(request.url.pathname)) ?? [];
  const operation = operationOf(request, bucketName, key);
  return {
    operation: operation?.name ?? `${request.method} ${request.url.pathname}`,
    service: 's3',
    ...(operation === undefined ? { isUnknown: true } : {}),
    answer: () => {
      const strange = operation === undefined ? request.method : strangeParameter(request, operation);
      if (operation === undefined || strange !== undefined) {
        state.log(
          `The sandbox has no operation of S3 for ${request.method} ${request.url.pathname}${request.url.search}`,
        );
        throw notImplemented(strange ?? request.method);
      }
      const answer = operation.answer({ state, region: regionOf(request, state), request, bucketName, key });
      return { ...answer, headers: { ...idHeaders(request), ...answer.headers } };
    },
    fail: error => failure(request, error.type === 'ThrottlingException' ? slowDown() : error),
  };
}

function operationOf(request: HttpRequest, bucketName: string, key: string): S3Operation | undefined {
  const { method, url } = request;
  if (bucketName === '') return method === 'GET' ? { name: 'ListBuckets', query: [], answer: listBuckets } : undefined;
  if (key !== '') return objectOperation(request);
  switch (method) {
    case 'PUT':
      return { name: 'CreateBucket', query: [], answer: createBucket };
    case 'DELETE':
      return { name: 'DeleteBucket', query: [], answer: deleteBucket };
    case 'HEAD':
      return { name: 'HeadBucket', query: [], answer: headBucket };
    case 'POST':
      return { name: 'DeleteObjects', query: ['delete'], answer: deleteObjects };
    case 'GET':
      return url.searchParams.get('list-type') === '2'
        ? { name: 'ListObjectsV2', query: LIST_QUERY, answer: listObjects }
        : undefined;
    default:
      return undefined;
  }
}

function objectOperation(request: HttpRequest): S3Operation | undefined {
  switch (request.method) {
    case 'PUT':
      return headerOf(request, 'x-amz-copy-source') === undefined
        ? { name: 'PutObject', query: [], answer: putObjectOperation }
        : { name: 'CopyObject', query: [], answer: copyObject };
    case 'GET':
      return { name: 'GetObject', query: [], answer: getObject };
    case 'HEAD':
      return { name: 'HeadObject', query: [], answer: getObject };
    case 'DELETE':
      return { name: 'DeleteObject', query: [], answer: deleteObject };
    default:
      return undefined;
  }
}

/** A parameter that makes another operation of it (`?acl`, `?uploads`); those of presigned URLs and SDKs do not. */
function strangeParameter({ url }: HttpRequest, { query }: S3Operation): string | undefined {
  return [...url.searchParams.keys()].find(name => !query.includes(name) && name !== 'x-id' && !/^x-amz-/i.test(name));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Throttling has a name of its own here. */
function slowDown(): AwsError {
  return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
}

function failure(request: HttpRequest, error: AwsError): HttpAnswer {
  const members: Record<string, XmlValue> = {};
  for (const [name, value] of Object.entries(error.members)) members[name] = String(value);
  const body = {
    Code: error.type,
    Message: error.message,
    ...members,
    RequestId: request.requestId,
    HostId: 'sandbox',
  };
  const region = members['Region'];
  return {
    status: error.status,
    headers: {
      ...idHeaders(request),
      'content-type': 'application/xml',
      ...(typeof region === 'string' ? { 'x-amz-bucket-region': region } : {}),
    },
    // What answers a HEAD has no body, and a length of none.
    chunks:
      request.method === 'HEAD'
        ? []
        : [Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('Error', body, 'flat')}`)],
  };
}

function idHeaders(request: HttpRequest): Readonly<Record<string, string>> {
  return { 'x-amz-request-id': request.requestId, 'x-amz-id-2': 'sandbox' };
}
