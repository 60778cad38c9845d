import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { type ServiceContext, call } from './call.js';

/** What auto scaling steers: reads or writes of a table or of one of its indexes. */
export interface ScalableTarget {
  /** Undefined for the table itself. */
  readonly indexName: string | undefined;
  readonly dimension: 'read' | 'write';
  readonly minUnits: number;
  readonly maxUnits: number;
  /** A target without a policy scales nothing. */
  readonly hasPolicy: boolean;
}

/** Application Auto Scaling in one Region. Every method throws AwsError. */
export interface ScalingGateway {
  readonly region: string;
  /** The targets of a table and its indexes, each with whether a policy steers it. */
  targetsOf(tableName: string, indexNames: readonly string[], signal?: AbortSignal): Promise<readonly ScalableTarget[]>;
}

/** DescribeScalableTargets takes so many resources in one call. */
const RESOURCES_PER_CALL = 50;

/** The gateway over the SDK's client. */
export function sdkScalingGateway(client: ApplicationAutoScalingClient, context: ServiceContext): ScalingGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });

  const policyKeys = async (resourceId: string, signal: AbortSignal | undefined): Promise<readonly string[]> => {
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const command = new DescribeScalingPoliciesCommand({
        ServiceNamespace: 'dynamodb',
        ResourceId: resourceId,
        NextToken: after,
      });
      const output = await call(context, 'DescribeScalingPolicies', resourceId, () =>
        client.send(command, options(signal)),
      );
      for (const policy of output.ScalingPolicies ?? []) {
        keys.push(`${policy.ResourceId ?? ''} ${policy.ScalableDimension ?? ''}`);
      }
      after = output.NextToken;
    } while (after !== undefined);
    return keys;
  };

  return {
    region: context.region,
    async targetsOf(tableName, indexNames, signal) {
      const ids = [`table/${tableName}`, ...indexNames.map(index => `table/${tableName}/index/${index}`)];
      const targets: Omit<ScalableTarget, 'hasPolicy'>[] = [];
      const keys: string[] = [];
      for (let first = 0; first < ids.length; first += RESOURCES_PER_CALL) {
        let after: string | undefined;
        do {
          const command = new DescribeScalableTargetsCommand({
            ServiceNamespace: 'dynamodb',
            ResourceIds: ids.slice(first, first + RESOURCES_PER_CALL),
            NextToken: after,
          });
          const output = await call(context, 'DescribeScalableTargets', tableName, () =>
            client.send(command, options(signal)),
          );
          for (const target of output.ScalableTargets ?? []) {
            const dimension = /:(Read|Write)CapacityUnits$/.exec(target.ScalableDimension ?? '')?.[1];
            if (dimension === undefined) continue;
            keys.push(`${target.ResourceId ?? ''} ${target.ScalableDimension ?? ''}`);
            targets.push({
              indexName: /\/index\/(.+)$/.exec(target.ResourceId ?? '')?.[1],
              dimension: dimension === 'Read' ? 'read' : 'write',
              minUnits: target.MinCapacity ?? 0,
              maxUnits: target.MaxCapacity ?? 0,
            });
          }
          after = output.NextToken;
        } while (after !== undefined);
      }
      const steered = new Set<string>();
      for (const id of new Set(keys.map(key => key.split(' ')[0] ?? ''))) {
        for (const key of await policyKeys(id, signal)) steered.add(key);
      }
      return targets.map((target, index) => ({ ...target, hasPolicy: steered.has(keys[index] ?? '') }));
    },
  };
}
