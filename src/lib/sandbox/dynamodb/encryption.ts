import { type AwsError, invalidParameter, resourceInUse, validationError } from '../aws-error.js';
import { awsManagedKey, DYNAMODB_ALIAS, findKey, type KmsKey, keyArnPrefix } from '../kms/keys.js';
import { type Members, optionalBoolean, optionalChoice, optionalMembers, optionalString } from '../members.js';
import type { RegionState, SandboxState } from '../state.js';
import type { Encryption, Table } from './table.js';

/** What a request wants of a table's encryption: a KMS key, or the key that DynamoDB owns. */
export type EncryptionChange = { readonly key: KmsKey } | { readonly key: undefined };

/** Reads SSESpecification; `undefined` when the request says nothing of it. */
export function parseEncryption(
  input: Members,
  state: SandboxState,
  region: RegionState,
): EncryptionChange | undefined {
  const specification = optionalMembers(input, 'SSESpecification');
  if (specification === undefined) return undefined;
  const isEnabled = optionalBoolean(specification, 'Enabled') ?? false;
  const type = optionalChoice(specification, 'SSEType', ['AES256', 'KMS'] as const);
  const reference = optionalString(specification, 'KMSMasterKeyId');
  if (!isEnabled) {
    if (type !== undefined) throw invalidParameter('SSEType can not be specified if Enabled is false');
    if (reference !== undefined) throw invalidParameter('KMSMasterKeyId can not be specified if Enabled is false');
    return { key: undefined };
  }
  if (type === 'AES256') throw invalidParameter('SSEType AES256 is not supported');
  if (reference !== undefined && type === undefined) {
    throw invalidParameter('SSEType KMS is required if KMSMasterKeyId is specified');
  }
  return { key: usableKey(reference ?? DYNAMODB_ALIAS, state, region) };
}

/** A key that a table of this Region can be encrypted with; says no as KMS does, through DynamoDB. */
function usableKey(reference: string, state: SandboxState, region: RegionState): KmsKey {
  const key = knownKey(reference, state, region, 'KMS validation error');
  if (!key.isEnabled) throw keyDisabled(key.arn);
  return key;
}

/** A key that is there, whether or not it is enabled. */
export function knownKey(reference: string, state: SandboxState, region: RegionState, failure: string): KmsKey {
  const key = findKey(state, region, reference);
  if (key !== undefined) return key;
  const prefix = keyArnPrefix(state, region);
  const foreign = /^arn:aws:kms:([^:]+):/.exec(reference);
  const isForeign = foreign !== null && !reference.startsWith(prefix);
  const arn = reference.startsWith('arn:') ? reference : `${prefix}key/${reference}`;
  const text = isForeign
    ? `Invalid arn ${foreign[1] ?? ''}`
    : reference.includes('alias/')
      ? `Alias ${reference.startsWith('arn:') ? reference : prefix + reference} is not found.`
      : `Key '${arn}' does not exist`;
  throw validationError(`${failure}: com.amazonaws.services.kms.model.NotFoundException: ${text}`);
}

/** What is said when the key of a table is disabled, also to those who read and write its items. */
export function keyDisabled(arn: string): AwsError {
  return validationError(
    `KMS key disabled error: com.amazonaws.services.kms.model.DisabledException: ${arn} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Proxy: null)`,
  );
}

/** A table's encryption by a key, in effect at once: that of a new table. */
export function encryptionBy(key: KmsKey | undefined): Encryption | undefined {
  return key === undefined
    ? undefined
    : { keyArn: key.arn, isCustomerManaged: key.manager === 'CUSTOMER', status: 'ENABLED' };
}

/**
 * Changes the key of a table. The type of key is one for all replicas, the key itself is each Region's own
 * (FACTS D.5): AWS's own keys are found in every Region, customer managed ones have to be there already.
 */
export function changeEncryption(state: SandboxState, table: Table, { key }: EncryptionChange): void {
  if (table.encryption?.status === 'UPDATING') throw resourceInUse('Server-Side Encryption is still being updated');
  const replicas = table.globalTable === undefined ? [] : [...table.globalTable.replicas.values()];
  const others = replicas.map(replica => replica.table).filter(other => other !== table);
  const isCustomerManaged = key?.manager === 'CUSTOMER';
  if (isCustomerManaged && others.some(other => other.encryption?.isCustomerManaged !== true)) {
    throw invalidParameter('KMSMasterKeyId must be specified for each replica.');
  }
  setEncryption(state, table, key);
  if (isCustomerManaged) return;
  for (const other of others) {
    const region = state.regions.get(other.region);
    if (region !== undefined) setEncryption(state, other, key === undefined ? undefined : awsManagedKey(state, region));
  }
}

function setEncryption(state: SandboxState, table: Table, key: KmsKey | undefined): void {
  const encryption = encryptionBy(key);
  table.encryption = encryption;
  if (encryption === undefined) return;
  encryption.status = 'UPDATING';
  state.timeline.after(state.settings.statusDelayMs, () => {
    encryption.status = 'ENABLED';
  });
}
