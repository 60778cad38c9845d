import { AwsError } from '../aws-error.js';
import { type HttpAnswer, type HttpRequest, headerOf } from '../http/http-answer.js';
import { xmlTexts } from '../http/xml.js';
import type { StoredObject } from './bucket.js';
import { putObject } from './put.js';
import { readRequestBody } from './request-body.js';
import { bucketOf, emptyAnswer, type S3Call, xmlAnswer } from './s3-call.js';
import { noSuchBucket, noSuchKey, notImplemented } from './s3-error.js';

/** Headers that are kept with an object and given back with it. */
const KEPT_HEADER =
  /^(?:content-type|cache-control|content-disposition|content-encoding|content-language|expires|x-amz-meta-.+)$/;
/** Headers that would change what a request does, and are not served. */
const NOT_SERVED =
  /^(?:if-.+|x-amz-(?:acl|grant-.+|tagging.*|storage-class|server-side-encryption.*|object-lock-.+|website-redirect-location|copy-source-(?:if-.+|range|server-side.+)))$/;
const DEFAULT_TYPE = 'binary/octet-stream';

/** PutObject. */
export function putObjectOperation(call: S3Call): HttpAnswer {
  refuseNotServed(call.request);
  bucketOf(call);
  const { bytes, checksums } = readRequestBody(call.request);
  const stored = store(call, bytes, { ...keptHeaders(call.request), ...checksums });
  return emptyAnswer(200, { etag: stored.etag, ...checksums });
}

/** CopyObject: within the sandbox, metadata and all, unless the request brings its own. */
export function copyObject(call: S3Call): HttpAnswer {
  refuseNotServed(call.request);
  bucketOf(call);
  const [path = ''] = decodeURIComponent(headerOf(call.request, 'x-amz-copy-source') ?? '').split('?');
  const [, bucketName = '', key = ''] = /^\/?([^/]+)\/(.+)$/.exec(path) ?? [];
  const source = bucketOf({ ...call, bucketName }).objects.get(key);
  if (source === undefined) throw noSuchKey(key);
  const isReplacing = headerOf(call.request, 'x-amz-metadata-directive') === 'REPLACE';
  const stored = store(call, source.body, isReplacing ? keptHeaders(call.request) : source.headers);
  return xmlAnswer('CopyObjectResult', {
    ETag: stored.etag,
    LastModified: new Date(stored.modifiedAtMs).toISOString(),
  });
}

/** GetObject and HeadObject: the server sends no body for a HEAD. */
export function getObject(call: S3Call): HttpAnswer {
  refuseNotServed(call.request);
  const stored = bucketOf(call).objects.get(call.key);
  if (stored === undefined) throw noSuchKey(call.key);
  const wantsChecksums = headerOf(call.request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const range = rangeOf(call.request, stored.body.length);
  const headers = Object.entries(stored.headers).filter(
    ([name]) => !name.startsWith('x-amz-checksum-') || (wantsChecksums && range === undefined),
  );
  const shown = {
    ...Object.fromEntries(headers),
    etag: stored.etag,
    'accept-ranges': 'bytes',
    'last-modified': new Date(stored.modifiedAtMs).toUTCString(),
  };
  if (range === undefined) return { status: 200, headers: shown, chunks: [stored.body] };
  const { from, to } = range;
  return {
    status: 206,
    headers: { ...shown, 'content-range': `bytes ${from}-${to}/${stored.body.length}` },
    chunks: [stored.body.subarray(from, to + 1)],
  };
}

/** DeleteObject: also of what is not there. */
export function deleteObject(call: S3Call): HttpAnswer {
  refuseNotServed(call.request);
  bucketOf(call).objects.delete(call.key);
  return emptyAnswer(204);
}

/** DeleteObjects: up to 1,000 keys, each told of unless the request is quiet. */
export function deleteObjects(call: S3Call): HttpAnswer {
  const { objects } = bucketOf(call);
  const xml = readRequestBody(call.request).bytes.toString();
  const keys = xmlTexts(xml, 'Key');
  if (keys.length === 0 || keys.length > 1000) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  if (xmlTexts(xml, 'VersionId').length > 0) throw notImplemented('VersionId');
  for (const key of keys) objects.delete(key);
  const isQuiet = xmlTexts(xml, 'Quiet')[0] === 'true';
  return xmlAnswer('DeleteResult', { Deleted: isQuiet ? [] : keys.map(Key => ({ Key })) });
}

function store(
  { state, bucketName, key }: S3Call,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): StoredObject {
  const stored = putObject(state, bucketName, key, bytes, { 'content-type': DEFAULT_TYPE, ...headers });
  if (stored === undefined) throw noSuchBucket(bucketName);
  return stored;
}

function keptHeaders(request: HttpRequest): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(request.headers)) {
    if (!KEPT_HEADER.test(name)) continue;
    // aws-chunked is how the bytes came, and not what they are.
    const value = (headerOf(request, name) ?? '').replace(/^aws-chunked,?\s*/, '');
    if (value !== '') kept[name] = value;
  }
  return kept;
}

function refuseNotServed(request: HttpRequest): void {
  const header = Object.keys(request.headers).find(name => NOT_SERVED.test(name));
  if (header !== undefined) throw notImplemented(header);
}

/** The bytes that a request asks for, both ends included; `undefined` is all of them. */
function rangeOf(request: HttpRequest, size: number): { readonly from: number; readonly to: number } | undefined {
  const [whole, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headerOf(request, 'range') ?? '') ?? [];
  if (whole === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { from, to };
}
