import type { Members } from '../members.js';

/** What Application Auto Scaling can scale of a table. */
export type ScalableDimension =
  | 'dynamodb:table:ReadCapacityUnits'
  | 'dynamodb:table:WriteCapacityUnits'
  | 'dynamodb:index:ReadCapacityUnits'
  | 'dynamodb:index:WriteCapacityUnits';

/** All of them, in the order of the API's model. */
export const SCALABLE_DIMENSIONS: readonly ScalableDimension[] = [
  'dynamodb:table:ReadCapacityUnits',
  'dynamodb:table:WriteCapacityUnits',
  'dynamodb:index:ReadCapacityUnits',
  'dynamodb:index:WriteCapacityUnits',
];

/** Something that may be scaled, and between which bounds. */
export interface ScalableTarget {
  /** `table/Orders` or `table/Orders/index/byStatus`. */
  readonly resourceId: string;
  readonly dimension: ScalableDimension;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly arn: string;
  readonly createdAtMs: number;
}

/** How a target is scaled. */
export interface ScalingPolicy {
  readonly name: string;
  readonly resourceId: string;
  readonly dimension: ScalableDimension;
  readonly arn: string;
  readonly type: 'TargetTrackingScaling';
  /** As the caller gave it: TargetValue, PredefinedMetricSpecification, cooldowns. */
  readonly configuration: Members;
  readonly createdAtMs: number;
}

/** The scaling of one Region. A policy is known by its target alone: a second one takes the first one's place. */
export interface ScalingStore {
  readonly targets: Map<string, ScalableTarget>;
  readonly policies: Map<string, ScalingPolicy>;
}

/** Makes a Region without scaling. */
export function createScalingStore(): ScalingStore {
  return { targets: new Map(), policies: new Map() };
}

/** Under which key a target and its policy are kept. */
export function scalingKey(resourceId: string, dimension: ScalableDimension): string {
  return `${resourceId} ${dimension}`;
}

/** Whether the write capacity of a table or an index is scaled: a target alone is not enough (FACTS D.3). */
export function scalesWrites(store: ScalingStore, tableName: string, indexName?: string): boolean {
  const key =
    indexName === undefined
      ? scalingKey(`table/${tableName}`, 'dynamodb:table:WriteCapacityUnits')
      : scalingKey(`table/${tableName}/index/${indexName}`, 'dynamodb:index:WriteCapacityUnits');
  return store.targets.has(key) && store.policies.has(key);
}

/** Gives a Region the scaling that another one has for a table (FACTS D.5). */
export function copyScaling(from: ScalingStore, to: ScalingStore, tableName: string, toRegion: string): void {
  const isOfTable = ({ resourceId }: { readonly resourceId: string }): boolean =>
    resourceId === `table/${tableName}` || resourceId.startsWith(`table/${tableName}/index/`);
  const moved = <T extends { readonly arn: string }>(each: T): T => ({ ...each, arn: inRegion(each.arn, toRegion) });
  for (const [key, target] of from.targets) if (isOfTable(target)) to.targets.set(key, moved(target));
  for (const [key, policy] of from.policies) if (isOfTable(policy)) to.policies.set(key, moved(policy));
}

function inRegion(arn: string, region: string): string {
  const parts = arn.split(':');
  parts[3] = region;
  return parts.join(':');
}
