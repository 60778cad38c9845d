import { headerOf } from '../http/http-answer.js';
import type { ServiceNeeds } from './needs.js';

/** What the operations on objects and buckets need, where it is not an action of their own name. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['HeadObject', 'GetObject'],
  ['CopyObject', 'PutObject'],
  ['DeleteObjects', 'DeleteObject'],
  ['ListObjects', 'ListBucket'],
  ['ListObjectsV2', 'ListBucket'],
  ['HeadBucket', 'ListBucket'],
  ['ListBuckets', 'ListAllMyBuckets'],
]);

/** S3, with the bucket in the path. */
export const s3Needs: ServiceNeeds = ({ operation, request }) => {
  const [bucket = '', ...key] = request.url.pathname.slice(1).split('/').map(decodeURIComponent);
  const action = `s3:${ACTIONS.get(operation) ?? operation}`;
  if (bucket === '') return [{ action, resource: '*' }];
  const keys = operation === 'DeleteObjects' ? '/*' : key.join('/') === '' ? '' : `/${key.join('/')}`;
  const needed = { action, resource: `arn:aws:s3:::${bucket}${keys}` };
  const source = headerOf(request, 'x-amz-copy-source');
  if (source === undefined) return [needed];
  const path = decodeURIComponent(source).replace(/^\//, '');
  return [{ action: 's3:GetObject', resource: `arn:aws:s3:::${path}` }, needed];
};
