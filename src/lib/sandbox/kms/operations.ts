import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { JsonService } from '../http/json-service.js';
import { type Members, requiredString } from '../members.js';
import { findKey, type KmsKey, keyArnPrefix } from './keys.js';

/** KMS, as far as telling what a key is. */
export const kmsService: JsonService = {
  target: 'TrentService',
  version: '1.1',
  errorType: type => type,
  operations: { DescribeKey: describeKey },
};

function describeKey(input: Members, { state, region }: Call): unknown {
  const reference = requiredString(input, 'KeyId');
  const key = findKey(state, region, reference);
  if (key === undefined) throw keyNotFound(reference, keyArnPrefix(state, region));
  return { KeyMetadata: describe(key, state.settings.account) };
}

function keyNotFound(reference: string, prefix: string): AwsError {
  const foreign = /^arn:aws:kms:([^:]+):/.exec(reference);
  if (foreign !== null && !reference.startsWith(prefix)) {
    return new AwsError('NotFoundException', `Invalid arn ${foreign[1] ?? ''}`);
  }
  const arn = reference.startsWith('arn:') ? reference : `${prefix}${nameOf(reference)}`;
  const isAlias = nameOf(reference).startsWith('alias/');
  return new AwsError('NotFoundException', isAlias ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
}

function nameOf(reference: string): string {
  return reference.startsWith('alias/') || reference.startsWith('key/') ? reference : `key/${reference}`;
}

function describe({ id, arn, manager, createdAtMs, isEnabled }: KmsKey, account: string): unknown {
  return {
    AWSAccountId: account,
    KeyId: id,
    Arn: arn,
    CreationDate: createdAtMs / 1000,
    Enabled: isEnabled,
    Description: manager === 'AWS' ? 'Default key that protects my DynamoDB data when no other key is defined' : '',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: isEnabled ? 'Enabled' : 'Disabled',
    Origin: 'AWS_KMS',
    KeyManager: manager,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}
