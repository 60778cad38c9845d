import type { ServiceNeeds } from './needs.js';

/** KMS: keys. What is named by an alias is allowed on its key, which only KMS knows. */
export const kmsNeeds: ServiceNeeds = ({ operation, input, region, account }) => {
  const action = `kms:${operation}`;
  const named = input['KeyId'];
  if (typeof named !== 'string') return [{ action, resource: '*' }];
  const id = named.replace(/^arn:.*:/, '').replace(/^key\//, '');
  if (id.startsWith('alias/')) return [{ action, resource: `arn:aws:kms:${region}:${account}:key/*` }];
  return [{ action, resource: named.startsWith('arn:') ? named : `arn:aws:kms:${region}:${account}:key/${id}` }];
};
