import {
  DescribeTableCommand,
  type DynamoDBClient,
  type ReplicationGroupUpdate,
  type TableClass,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type ServiceContext, call } from './call.js';
import { type RegionTable, toRegionTable } from './region-table.js';
import { observeServerClock } from './server-clock.js';

/** A replica that is to be made. What is left out is taken from the table. */
export interface NewReplica {
  readonly region: string;
  readonly kmsKey?: string | undefined;
  readonly tableClass?: TableClass | undefined;
  readonly readCapacity?: number | undefined;
}

/** The replicas and the witness of a strongly consistent group, besides the Region that is asked. */
export interface StrongGroup {
  readonly replicas: readonly string[];
  readonly witness?: string | undefined;
}

/** Replicas as one member Region sees and changes them. Every method throws AwsError. */
export interface ReplicasGateway {
  readonly region: string;
  /** The time by the endpoint's clock, as far as its answers have told it: our own before the first one. */
  serverNow(): number;
  describe(tableName: string, signal?: AbortSignal): Promise<RegionTable>;
  /** One Create in one call; AWS takes no more (FACTS D.2). The Region that is asked becomes the replica's source. */
  createReplica(tableName: string, replica: NewReplica, signal?: AbortSignal): Promise<RegionTable>;
  /** Deletes the replica's table with its data. */
  deleteReplica(tableName: string, region: string, signal?: AbortSignal): Promise<RegionTable>;
  /** Makes an empty table strongly consistent over three Regions, in the one call that can (FACTS D.6). */
  createStrongGroup(
    tableName: string,
    group: { readonly replicas: readonly NewReplica[]; readonly witness?: string | undefined },
    signal?: AbortSignal,
  ): Promise<RegionTable>;
  /** Takes a strongly consistent group down; everything but the Region that is asked goes (FACTS D.6). */
  deleteStrongGroup(tableName: string, group: StrongGroup, signal?: AbortSignal): Promise<RegionTable>;
}

/** The gateway over the SDK's client. */
export function sdkReplicasGateway(client: DynamoDBClient, context: ServiceContext): ReplicasGateway {
  const skew = observeServerClock([client], context.clock);
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  const update = async (
    tableName: string,
    change: Omit<UpdateTableCommandInput, 'TableName'>,
    signal: AbortSignal | undefined,
  ): Promise<RegionTable> => {
    const command = new UpdateTableCommand({ TableName: tableName, ...change });
    const output = await call(context, 'UpdateTable', tableName, () => client.send(command, options(signal)));
    return toRegionTable(output.TableDescription, tableName, context.region);
  };
  return {
    region: context.region,
    serverNow: () => context.clock.now() + skew.ms,
    async describe(tableName, signal) {
      const output = await call(context, 'DescribeTable', tableName, () =>
        client.send(new DescribeTableCommand({ TableName: tableName }), options(signal)),
      );
      return toRegionTable(output.Table, tableName, context.region);
    },
    createReplica: (tableName, replica, signal) => update(tableName, { ReplicaUpdates: [toCreate(replica)] }, signal),
    deleteReplica: (tableName, region, signal) =>
      update(tableName, { ReplicaUpdates: [{ Delete: { RegionName: region } }] }, signal),
    createStrongGroup: (tableName, { replicas, witness }, signal) =>
      update(
        tableName,
        {
          MultiRegionConsistency: 'STRONG',
          ReplicaUpdates: replicas.map(toCreate),
          ...(witness === undefined ? {} : { GlobalTableWitnessUpdates: [{ Create: { RegionName: witness } }] }),
        },
        signal,
      ),
    deleteStrongGroup: (tableName, { replicas, witness }, signal) =>
      update(
        tableName,
        {
          ReplicaUpdates: replicas.map(region => ({ Delete: { RegionName: region } })),
          ...(witness === undefined ? {} : { GlobalTableWitnessUpdates: [{ Delete: { RegionName: witness } }] }),
        },
        signal,
      ),
  };
}

function toCreate({ region, kmsKey, tableClass, readCapacity }: NewReplica): ReplicationGroupUpdate {
  return {
    Create: {
      RegionName: region,
      ...(kmsKey === undefined ? {} : { KMSMasterKeyId: kmsKey }),
      ...(tableClass === undefined ? {} : { TableClassOverride: tableClass }),
      ...(readCapacity === undefined ? {} : { ProvisionedThroughputOverride: { ReadCapacityUnits: readCapacity } }),
    },
  };
}
