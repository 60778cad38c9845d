import { AwsError } from '../aws-error.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { xmlTexts } from '../http/xml.js';
import { type Bucket, sortedKeys } from './bucket.js';
import { bucketOf, emptyAnswer, type S3Call, xmlAnswer } from './s3-call.js';

const HOME_REGION = 'us-east-1';
const MAX_KEYS = 1000;

/** CreateBucket: in the Region that the request was signed for, which it has to name unless it is us-east-1. */
export function createBucket(call: S3Call): HttpAnswer {
  const { state, region, request, bucketName: name } = call;
  if (!/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name)) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  }
  const wanted = xmlTexts(request.body.toString(), 'LocationConstraint')[0] ?? HOME_REGION;
  if (wanted !== region.name) {
    const shown = wanted === HOME_REGION ? 'unspecified' : wanted;
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${shown} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  const known = state.buckets.get(name);
  if (known !== undefined && region.name !== HOME_REGION) {
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: name },
    );
  }
  const bucket: Bucket = { name, region: region.name, createdAtMs: state.clock.now(), objects: new Map() };
  if (known === undefined) state.buckets.set(name, bucket);
  return emptyAnswer(200, { location: `/${name}` });
}

/** DeleteBucket: of an empty one. */
export function deleteBucket(call: S3Call): HttpAnswer {
  const { name, objects } = bucketOf(call);
  if (objects.size > 0) {
    throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName: name });
  }
  call.state.buckets.delete(name);
  return emptyAnswer(204);
}

/** HeadBucket. */
export function headBucket(call: S3Call): HttpAnswer {
  return emptyAnswer(200, { 'x-amz-bucket-region': bucketOf(call).region });
}

/** ListBuckets: those of all Regions. */
export function listBuckets({ state }: S3Call): HttpAnswer {
  const names = [...state.buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return xmlAnswer('ListAllMyBucketsResult', {
    Buckets: {
      Bucket: names.map(({ name, region, createdAtMs }) => ({
        Name: name,
        CreationDate: new Date(createdAtMs).toISOString(),
        BucketRegion: region,
      })),
    },
  });
}

/** ListObjectsV2: by prefix, folded at a delimiter, page by page. */
export function listObjects(call: S3Call): HttpAnswer {
  const bucket = bucketOf(call);
  const query = call.request.url.searchParams;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after') ?? '';
  const token = query.get('continuation-token') ?? undefined;
  const limit = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new AwsError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;
  const after = token === undefined ? startAfter : Buffer.from(token, 'base64').toString();
  const all = foldedKeys(sortedKeys(bucket), prefix, delimiter);
  const rest = after === '' ? all : all.filter(name => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0);
  const page = rest.slice(0, limit);
  const isTruncated = page.length > 0 && rest.length > page.length;
  const isFolded = (name: string): boolean => delimiter !== '' && name.slice(prefix.length).includes(delimiter);
  return xmlAnswer('ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    EncodingType: query.get('encoding-type') ?? undefined,
    ContinuationToken: token,
    NextContinuationToken: isTruncated ? Buffer.from(page.at(-1) ?? '').toString('base64') : undefined,
    KeyCount: page.length,
    MaxKeys: limit,
    IsTruncated: isTruncated,
    Contents: page.filter(name => !isFolded(name)).map(key => describeObject(bucket, key, encode)),
    CommonPrefixes: page.filter(isFolded).map(name => ({ Prefix: encode(name) })),
  });
}

/** The keys below a prefix; with a delimiter, what they have in common up to it, once. */
function foldedKeys(keys: readonly string[], prefix: string, delimiter: string): readonly string[] {
  const below = keys.filter(key => key.startsWith(prefix));
  if (delimiter === '') return below;
  const folded = below.map(key => {
    const at = key.indexOf(delimiter, prefix.length);
    return at < 0 ? key : key.slice(0, at + delimiter.length);
  });
  return [...new Set(folded)];
}

function describeObject(bucket: Bucket, key: string, encode: (key: string) => string) {
  const stored = bucket.objects.get(key);
  return {
    Key: encode(key),
    LastModified: new Date(stored?.modifiedAtMs ?? 0).toISOString(),
    ETag: stored?.etag,
    Size: stored?.body.length,
    StorageClass: 'STANDARD',
  };
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}
