import { type AccountLimits, DEFAULT_LIMITS } from '../dynamodb/account-limits.js';
import { createKey, findKey, type KmsKey } from '../kms/keys.js';
import type { Members } from '../members.js';
import { disableKey, disableRegion, enableKey, enableRegion } from '../replication/inaccessible.js';
import { deliverOverdue } from '../replication/replicate.js';
import type { ReplicaDurations } from '../replication/settings.js';
import type { RegionState, SandboxState } from '../state.js';
import {
  ControlError,
  controlInput,
  numberOf,
  optionalNumberOf,
  optionalTextOf,
  regionIn,
  textOf,
} from './control-input.js';

/** Which replica a control call is about; it need not be there yet. */
interface ReplicaTarget {
  readonly table: string;
  readonly region: string;
}

/** A Region by its name. */
interface RegionTarget {
  readonly region: string;
}

/** A key of a Region; the first Region by default. */
interface KeyTarget {
  readonly region?: string;
  /** An id, an ARN or an alias. */
  readonly keyId: string;
}

/** What a tester can do with global tables, their Regions and their keys. */
export interface ReplicationControl {
  /** How long a write takes to reach another Region: any other, or in one direction between two. */
  setReplicationLag(input: { readonly ms: number; readonly from?: string; readonly to?: string }): {
    readonly ms: number;
  };
  /** How long the parts of a change of replicas take, in milliseconds; what is left out stays. */
  setReplicaDurations(input: Partial<ReplicaDurations>): ReplicaDurations;
  /** Lets the next creation of this replica end as CREATION_FAILED. */
  makeReplicaFail(input: ReplicaTarget): ReplicaTarget;
  /** Lets the next creation of this replica be accepted and never be heard of again. */
  makeReplicaVanish(input: ReplicaTarget): ReplicaTarget;
  /** Lets no write leave or reach a Region; it goes on by itself. */
  cutRegion(input: RegionTarget): { readonly cut: readonly string[] };
  /** Joins a Region to the others again; what was held back goes on its way. */
  healRegion(input: RegionTarget): { readonly cut: readonly string[] };
  /** Disables a Region for the account; its replicas become tables of their own after 20 hours. */
  disableRegion(input: RegionTarget): { readonly disabled: readonly string[] };
  enableRegion(input: RegionTarget): { readonly disabled: readonly string[] };
  /** Makes a customer managed KMS key. */
  createKey(input: { readonly region?: string; readonly keyId?: string; readonly alias?: string }): {
    readonly keyId: string;
    readonly arn: string;
  };
  /** Disables a key; its tables become inaccessible a little later, and their own after 20 hours. */
  disableKey(input: KeyTarget): { readonly arn: string };
  enableKey(input: KeyTarget): { readonly arn: string };
  /** The quotas that DescribeLimits shows for a Region, the first by default; what is left out stays. */
  setLimits(input: Partial<AccountLimits> & { readonly region?: string }): AccountLimits;
}

/** The same, on JSON as it came. */
export const replicationControl: {
  readonly [Name in keyof ReplicationControl]: (
    input: unknown,
    state: SandboxState,
  ) => ReturnType<ReplicationControl[Name]>;
} = {
  setReplicationLag,
  setReplicaDurations,
  makeReplicaFail: (input, state) => setFate(input, state, 'fail'),
  makeReplicaVanish: (input, state) => setFate(input, state, 'vanish'),
  cutRegion: (input, state) => {
    state.replication.cutRegions.add(regionOnly(input, state).name);
    return { cut: [...state.replication.cutRegions] };
  },
  healRegion: (input, state) => {
    state.replication.cutRegions.delete(regionOnly(input, state).name);
    deliverOverdue(state);
    return { cut: [...state.replication.cutRegions] };
  },
  disableRegion: (input, state) => {
    disableRegion(state, regionOnly(input, state));
    return { disabled: [...state.replication.disabledRegions] };
  },
  enableRegion: (input, state) => {
    enableRegion(state, regionOnly(input, state));
    return { disabled: [...state.replication.disabledRegions] };
  },
  createKey: makeKey,
  disableKey: (input, state) => {
    const { region, key } = keyIn(input, state);
    disableKey(state, region, key);
    return { arn: key.arn };
  },
  enableKey: (input, state) => {
    const { region, key } = keyIn(input, state);
    enableKey(state, region, key);
    return { arn: key.arn };
  },
  setLimits,
};

function setReplicationLag(input: unknown, state: SandboxState): { readonly ms: number } {
  const members = controlInput(input, ['ms', 'from', 'to']);
  const ms = numberOf(members, 'ms', 0);
  const from = optionalTextOf(members, 'from');
  const to = optionalTextOf(members, 'to');
  if ((from === undefined) !== (to === undefined)) {
    throw new ControlError('Give both "from" and "to", or neither for all Regions');
  }
  if (from !== undefined && to !== undefined) {
    const pair = [from, to].map(region => regionIn({ region }, state).name);
    state.replication.lagMsByPair.set(pair.join(' '), ms);
  } else {
    state.replication.lagMs = ms;
    state.replication.lagMsByPair.clear();
  }
  return { ms };
}

function setReplicaDurations(input: unknown, state: SandboxState): ReplicaDurations {
  const { durations } = state.replication;
  const names = Object.keys(durations);
  const members = controlInput(input, names);
  const given = names.map(name => [name, optionalNumberOf(members, name, 0)] as const);
  state.replication.durations = {
    ...durations,
    ...Object.fromEntries(given.filter(([, ms]) => ms !== undefined)),
  };
  return state.replication.durations;
}

function setLimits(input: unknown, state: SandboxState): AccountLimits {
  const names = Object.keys(DEFAULT_LIMITS);
  const members = controlInput(input, ['region', ...names]);
  const region = regionIn(members, state);
  const given = names.map(name => [name, optionalNumberOf(members, name, 1)] as const);
  region.limits = { ...region.limits, ...Object.fromEntries(given.filter(([, units]) => units !== undefined)) };
  return region.limits;
}

function setFate(input: unknown, state: SandboxState, fate: 'fail' | 'vanish'): ReplicaTarget {
  const members = controlInput(input, ['table', 'region']);
  const table = textOf(members, 'table');
  const region = named(members, state).name;
  state.replication.fates.set(`${table} ${region}`, fate);
  return { table, region };
}

function makeKey(input: unknown, state: SandboxState): { readonly keyId: string; readonly arn: string } {
  const members = controlInput(input, ['region', 'keyId', 'alias']);
  const region = regionIn(members, state);
  const alias = optionalTextOf(members, 'alias');
  const id = optionalTextOf(members, 'keyId');
  if (alias !== undefined && (!alias.startsWith('alias/') || alias.startsWith('alias/aws/'))) {
    throw new ControlError(`"alias" must begin with alias/, and not with alias/aws/, unlike ${alias}`);
  }
  const taken = [id, alias].find(name => name !== undefined && findKey(state, region, name) !== undefined);
  if (taken !== undefined) throw new ControlError(`There is a key ${taken} in ${region.name} already`);
  const key = createKey(state, region, {
    ...(id === undefined ? {} : { id }),
    aliases: alias === undefined ? [] : [alias],
  });
  return { keyId: key.id, arn: key.arn };
}

function keyIn(input: unknown, state: SandboxState): { readonly region: RegionState; readonly key: KmsKey } {
  const members = controlInput(input, ['region', 'keyId']);
  const region = regionIn(members, state);
  const reference = textOf(members, 'keyId');
  const key = findKey(state, region, reference);
  if (key !== undefined) return { region, key };
  const keys = [...region.keys.keys()].join(', ') || 'none';
  throw new ControlError(`There is no key ${reference} in ${region.name}; there is: ${keys}`);
}

function regionOnly(input: unknown, state: SandboxState): RegionState {
  return named(controlInput(input, ['region']), state);
}

/** The Region that a call names; here none is meant when none is named. */
function named(members: Members, state: SandboxState): RegionState {
  textOf(members, 'region');
  return regionIn(members, state);
}
