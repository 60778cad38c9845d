import type { RegionState, SandboxState } from '../state.js';

/** A KMS key of one Region. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly createdAtMs: number;
  readonly aliases: readonly string[];
  isEnabled: boolean;
}

/** The alias of the key that AWS keeps for DynamoDB in every Region. */
export const DYNAMODB_ALIAS = 'alias/aws/dynamodb';

/** Makes a key; `id` is drawn when it is left out. */
export function createKey(
  state: SandboxState,
  region: RegionState,
  {
    id = state.ids.uuid(),
    manager = 'CUSTOMER',
    aliases = [],
  }: Partial<Pick<KmsKey, 'id' | 'manager' | 'aliases'>> = {},
): KmsKey {
  const arn = `${keyArnPrefix(state, region)}key/${id}`;
  const key = { id, arn, manager, createdAtMs: state.clock.now(), aliases, isEnabled: true };
  region.keys.set(id, key);
  return key;
}

/** The key that AWS keeps for DynamoDB in a Region; it is made when it is first asked for. */
export function awsManagedKey(state: SandboxState, region: RegionState): KmsKey {
  return (
    [...region.keys.values()].find(({ aliases }) => aliases.includes(DYNAMODB_ALIAS)) ??
    createKey(state, region, { manager: 'AWS', aliases: [DYNAMODB_ALIAS] })
  );
}

/** A key by its id, ARN or alias; `undefined` when the Region has none such. */
export function findKey(state: SandboxState, region: RegionState, reference: string): KmsKey | undefined {
  const prefix = keyArnPrefix(state, region);
  const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
  if (name === DYNAMODB_ALIAS) return awsManagedKey(state, region);
  if (name.startsWith('alias/')) return [...region.keys.values()].find(({ aliases }) => aliases.includes(name));
  return region.keys.get(name.replace(/^key\//, ''));
}

/** What the ARNs of a Region's keys and aliases begin with. */
export function keyArnPrefix(state: SandboxState, region: RegionState): string {
  return `arn:aws:kms:${region.name}:${state.settings.account}:`;
}
