import type { ServiceNeeds } from './needs.js';

/** What the operations on objects and buckets need, where it is not an action of their own name. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['HeadObject', 'GetObject'],
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
  return [{ action, resource: `arn:aws:s3:::${bucket}${keys}` }];
};
