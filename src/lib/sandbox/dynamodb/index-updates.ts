import { AwsError, invalidParameter, validationError } from '../aws-error.js';
import { type Members, optionalMembers } from '../members.js';
import { membersOf } from '../replication/share-settings.js';
import type { SandboxState } from '../state.js';
import type { Billing, Index, Table } from './table.js';
import { parseAttributeDefinitions, parseIndex, parseTableName, parseThroughput } from './table-input.js';
import { parseOnDemandLimits, parseWarmThroughput } from './throughput-input.js';

/** A change of one global secondary index, checked and ready to be made. */
export type IndexUpdate = () => void;

/** Reads `GlobalSecondaryIndexUpdates`; what is wrong is found before anything changes. */
export function planIndexUpdates(
  state: SandboxState,
  table: Table,
  input: Members,
  updates: readonly Members[],
  billing: Billing,
): readonly IndexUpdate[] {
  const plans = updates.map(update => planIndexUpdate(state, table, input, update, billing));
  const names = plans.map(plan => plan.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw invalidParameter(
      `Only one global secondary index update per index is allowed simultaneously. Index: ${twice}`,
    );
  }
  const isBuilding = table.indexes.some(index => index.status === 'CREATING' || index.status === 'DELETING');
  const builds = plans.filter(plan => plan.builds).length;
  if (builds > 1 || (builds > 0 && isBuilding)) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  return plans.map(plan => plan.run);
}

interface Plan {
  readonly name: string;
  /** Whether an index is made or removed, of which one at a time is allowed. */
  readonly builds: boolean;
  readonly run: IndexUpdate;
}

function planIndexUpdate(state: SandboxState, table: Table, input: Members, update: Members, billing: Billing): Plan {
  const kinds = Object.keys(update).filter(kind => update[kind] !== undefined);
  if (kinds.length > 1) {
    throw invalidParameter('Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object');
  }
  const created = optionalMembers(update, 'Create');
  if (created !== undefined) return planCreate(state, table, input, created, billing);
  const deleted = optionalMembers(update, 'Delete');
  if (deleted !== undefined) return planDelete(state, table, deleted);
  const changed = optionalMembers(update, 'Update');
  if (changed !== undefined) return planUpdate(state, table, changed, billing);
  throw invalidParameter(
    'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
  );
}

function planCreate(state: SandboxState, table: Table, input: Members, created: Members, billing: Billing): Plan {
  const index = parseIndex(created, 'global', table.keys, billing);
  if (table.indexes.some(other => other.name === index.name)) {
    throw validationError(`Attempting to create an index which already exists: ${index.name}`);
  }
  const keyTypes = new Map([...table.keyTypes, ...parseAttributeDefinitions(input)]);
  const run = (): void => {
    for (const member of membersOf(table)) {
      const own = { ...index };
      member.keyTypes = keyTypes;
      member.indexes = [...member.indexes, own];
      build(state, own, member === table ? 1 : 2);
    }
  };
  return { name: index.name, builds: true, run };
}

/** Lets an index become ACTIVE; the replicas' own take longer than that of the table that was asked (FACTS D.2). */
function build(state: SandboxState, index: Index, times: number): void {
  const delayMs = state.settings.statusDelayMs * times;
  state.timeline.after(delayMs / 2, () => {
    index.isBackfilling = index.status === 'CREATING';
  });
  state.timeline.after(delayMs, () => {
    index.isBackfilling = false;
    if (index.status === 'CREATING') index.status = 'ACTIVE';
  });
}

function planDelete(state: SandboxState, table: Table, deleted: Members): Plan {
  const { name } = existingIndex(table, deleted);
  const run = (): void => {
    for (const member of membersOf(table)) {
      const index = member.indexes.find(each => each.name === name);
      if (index !== undefined) index.status = 'DELETING';
      state.timeline.after(state.settings.statusDelayMs, () => {
        member.indexes = member.indexes.filter(each => each !== index);
      });
    }
  };
  return { name, builds: true, run };
}

function planUpdate(state: SandboxState, table: Table, changed: Members, billing: Billing): Plan {
  const index = existingIndex(table, changed);
  const throughput = optionalMembers(changed, 'ProvisionedThroughput');
  if (throughput !== undefined && billing.mode === 'PAY_PER_REQUEST') {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index when BillingMode is PAY_PER_REQUEST',
    );
  }
  const units = throughput === undefined ? undefined : parseThroughput(throughput);
  const limits = parseOnDemandLimits(changed, billing, index.onDemandLimits);
  const warm = parseWarmThroughput(changed, index.warmThroughput);
  const run = (): void => {
    if (units !== undefined) index.billing = units;
    if (limits !== undefined) index.onDemandLimits = limits;
    if (warm !== undefined) index.warmThroughput = warm;
    index.status = 'UPDATING';
    state.timeline.after(state.settings.statusDelayMs, () => {
      if (index.status === 'UPDATING') index.status = 'ACTIVE';
    });
  };
  return { name: index.name, builds: false, run };
}

function existingIndex(table: Table, members: Members): Index {
  const name = parseTableName(members, 'IndexName');
  const index = table.indexes.find(other => other.name === name && other.kind === 'global');
  if (index === undefined) {
    throw validationError(`Requested resource not found: Index: ${name} of table ${table.name} not found`);
  }
  return index;
}
