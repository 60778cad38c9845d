import { notServed, resourceNotFound } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { scalingRole } from '../autoscaling/operations.js';
import { type ScalableDimension, scalingKey } from '../autoscaling/scaling-store.js';
import type { Table } from '../dynamodb/table.js';
import { parseTableName } from '../dynamodb/table-input.js';
import type { Members } from '../members.js';
import type { RegionState, SandboxState } from '../state.js';

/** The scaling of a global table's replicas, seen from one Region. */
export const replicaScalingOperations: Readonly<Record<string, Operation>> = {
  DescribeTableReplicaAutoScaling: describeReplicaScaling,
  UpdateTableReplicaAutoScaling: () => {
    throw notServed('DynamoDB', 'UpdateTableReplicaAutoScaling');
  },
};

function describeReplicaScaling(input: Members, { state, region }: Call): unknown {
  const name = parseTableName(input);
  const table = region.tables.get(name);
  if (table?.globalTable === undefined) {
    throw resourceNotFound(`Global table with name: ${name} does not exist.`);
  }
  const replicas = [...table.globalTable.replicas].map(([replicaRegion, replica]) => {
    const there = state.regions.get(replicaRegion);
    return there === undefined
      ? undefined
      : { ...describeReplica(replica.table, there, state), ReplicaStatus: replica.status };
  });
  return {
    TableAutoScalingDescription: {
      TableName: name,
      TableStatus: table.status,
      Replicas: replicas.filter(replica => replica !== undefined),
    },
  };
}

function describeReplica(table: Table, region: RegionState, state: SandboxState) {
  const indexes = table.indexes.filter(index => index.kind === 'global');
  const settings = (resourceId: string, dimension: ScalableDimension) =>
    describeSettings(region, resourceId, dimension, state.settings.account);
  return {
    RegionName: region.name,
    ReplicaProvisionedReadCapacityAutoScalingSettings: settings(
      `table/${table.name}`,
      'dynamodb:table:ReadCapacityUnits',
    ),
    ReplicaProvisionedWriteCapacityAutoScalingSettings: settings(
      `table/${table.name}`,
      'dynamodb:table:WriteCapacityUnits',
    ),
    GlobalSecondaryIndexes:
      indexes.length === 0
        ? undefined
        : indexes.map(({ name, status }) => ({
            IndexName: name,
            IndexStatus: status,
            ProvisionedReadCapacityAutoScalingSettings: settings(
              `table/${table.name}/index/${name}`,
              'dynamodb:index:ReadCapacityUnits',
            ),
            ProvisionedWriteCapacityAutoScalingSettings: settings(
              `table/${table.name}/index/${name}`,
              'dynamodb:index:WriteCapacityUnits',
            ),
          })),
  };
}

/** A target without a policy reads as disabled, although it is there. */
function describeSettings(region: RegionState, resourceId: string, dimension: ScalableDimension, account: string) {
  const key = scalingKey(resourceId, dimension);
  const target = region.scaling.targets.get(key);
  const policy = region.scaling.policies.get(key);
  if (target === undefined || policy === undefined) return { AutoScalingDisabled: true };
  return {
    MinimumUnits: target.minCapacity,
    MaximumUnits: target.maxCapacity,
    AutoScalingDisabled: false,
    AutoScalingRoleArn: scalingRole(account),
    ScalingPolicies: [{ PolicyName: policy.name, TargetTrackingScalingPolicyConfiguration: policy.configuration }],
  };
}
