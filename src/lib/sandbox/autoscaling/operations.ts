import { AwsError, notServed } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import type { JsonService } from '../http/json-service.js';
import {
  type Members,
  optionalChoice,
  optionalInteger,
  optionalList,
  optionalString,
  requiredChoice,
  requiredMembers,
  requiredString,
} from '../members.js';
import {
  SCALABLE_DIMENSIONS,
  type ScalableDimension,
  type ScalableTarget,
  scalingKey,
  type ScalingPolicy,
} from './scaling-store.js';

const NAMESPACE = 'dynamodb';
const DEFAULT_PAGE = 50;

const operations: Readonly<Record<string, Operation>> = {
  RegisterScalableTarget: registerTarget,
  DeregisterScalableTarget: deregisterTarget,
  DescribeScalableTargets: describeTargets,
  PutScalingPolicy: putPolicy,
  DeleteScalingPolicy: deletePolicy,
  DescribeScalingPolicies: describePolicies,
};

/** Application Auto Scaling of DynamoDB: what is registered is shown and counts for replicas; nothing is scaled. */
export const autoScalingService: JsonService = {
  target: 'AnyScaleFrontendService',
  version: '1.1',
  errorType: type => type,
  operations,
};

function registerTarget(input: Members, { state, region }: Call): unknown {
  const { resourceId, dimension, key } = parseTarget(input);
  for (const name of ['SuspendedState', 'Tags']) {
    if (input[name] !== undefined) throw notServed('RegisterScalableTarget', name);
  }
  const [, tableName = ''] = resourceId.split('/');
  if (!region.tables.has(tableName)) {
    throw new AwsError('ValidationException', `DynamoDB table does not exist: ${resourceId}`);
  }
  const known = region.scaling.targets.get(key);
  const minCapacity = optionalInteger(input, 'MinCapacity', { min: 1 }) ?? known?.minCapacity;
  const maxCapacity = optionalInteger(input, 'MaxCapacity', { min: 1 }) ?? known?.maxCapacity;
  if (minCapacity === undefined || maxCapacity === undefined) {
    throw new AwsError('ValidationException', 'MinCapacity and MaxCapacity must be given for a new scalable target.');
  }
  if (minCapacity > maxCapacity) {
    throw new AwsError('ValidationException', 'Maximum capacity cannot be less than minimum capacity');
  }
  const id = state.ids.hex(32);
  const arn = `arn:aws:application-autoscaling:${region.name}:${state.settings.account}:scalable-target/${id}`;
  const target: ScalableTarget = {
    resourceId,
    dimension,
    minCapacity,
    maxCapacity,
    arn: known?.arn ?? arn,
    createdAtMs: known?.createdAtMs ?? state.clock.now(),
  };
  region.scaling.targets.set(key, target);
  return { ScalableTargetARN: target.arn };
}

function deregisterTarget(input: Members, { region }: Call): unknown {
  const { key, resourceId, dimension } = parseTarget(input);
  if (!region.scaling.targets.delete(key)) throw noTarget(resourceId, dimension);
  region.scaling.policies.delete(key);
  return {};
}

function describeTargets(input: Members, { state, region }: Call): unknown {
  const ids = optionalList(input, 'ResourceIds')?.map(String);
  const found = matching(input, [...region.scaling.targets.values()]).filter(
    target => ids === undefined || ids.includes(target.resourceId),
  );
  return page(input, 'ScalableTargets', found, target => ({
    ServiceNamespace: NAMESPACE,
    ResourceId: target.resourceId,
    ScalableDimension: target.dimension,
    MinCapacity: target.minCapacity,
    MaxCapacity: target.maxCapacity,
    RoleARN: scalingRole(state.settings.account),
    CreationTime: target.createdAtMs / 1000,
    ScalableTargetARN: target.arn,
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    },
  }));
}

function putPolicy(input: Members, { state, region }: Call): unknown {
  const { resourceId, dimension, key } = parseTarget(input);
  const name = requiredString(input, 'PolicyName');
  const type = optionalChoice(input, 'PolicyType', [
    'StepScaling',
    'TargetTrackingScaling',
    'PredictiveScaling',
  ] as const);
  if (type !== 'TargetTrackingScaling') throw notServed('PutScalingPolicy', `PolicyType ${type ?? 'StepScaling'}`);
  const configuration = requiredMembers(input, 'TargetTrackingScalingPolicyConfiguration');
  if (!region.scaling.targets.has(key)) throw noTarget(resourceId, dimension);
  const known = region.scaling.policies.get(key);
  const arn =
    known?.name === name
      ? known.arn
      : `arn:aws:autoscaling:${region.name}:${state.settings.account}:scalingPolicy:${state.ids.uuid()}:resource/${NAMESPACE}/${resourceId}:policyName/${name}`;
  const policy: ScalingPolicy = {
    name,
    resourceId,
    dimension,
    arn,
    type,
    configuration,
    createdAtMs: state.clock.now(),
  };
  region.scaling.policies.set(key, policy);
  return { PolicyARN: arn, Alarms: [] };
}

function deletePolicy(input: Members, { region }: Call): unknown {
  const { key } = parseTarget(input);
  const name = requiredString(input, 'PolicyName');
  if (region.scaling.policies.get(key)?.name !== name) {
    throw new AwsError(
      'ObjectNotFoundException',
      `No scaling policy found for service namespace: ${NAMESPACE}, policy name: ${name}`,
    );
  }
  region.scaling.policies.delete(key);
  return {};
}

function describePolicies(input: Members, { region }: Call): unknown {
  const names = optionalList(input, 'PolicyNames')?.map(String);
  const resourceId = optionalString(input, 'ResourceId');
  const found = matching(input, [...region.scaling.policies.values()]).filter(
    policy =>
      (names === undefined || names.includes(policy.name)) &&
      (resourceId === undefined || resourceId === policy.resourceId),
  );
  return page(input, 'ScalingPolicies', found, policy => ({
    PolicyARN: policy.arn,
    PolicyName: policy.name,
    ServiceNamespace: NAMESPACE,
    ResourceId: policy.resourceId,
    ScalableDimension: policy.dimension,
    PolicyType: policy.type,
    TargetTrackingScalingPolicyConfiguration: policy.configuration,
    Alarms: [],
    CreationTime: policy.createdAtMs / 1000,
  }));
}

/** The role by which Application Auto Scaling scales tables. */
export function scalingRole(account: string): string {
  return `arn:aws:iam::${account}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable`;
}

function parseTarget(input: Members) {
  assertNamespace(input);
  const resourceId = requiredString(input, 'ResourceId');
  const dimension = requiredChoice(input, 'ScalableDimension', SCALABLE_DIMENSIONS);
  const isIndex = /^table\/[^/]+\/index\/[^/]+$/.test(resourceId);
  if (!isIndex && !/^table\/[^/]+$/.test(resourceId)) {
    throw new AwsError(
      'ValidationException',
      `Unsupported service namespace, resource type or scalable dimension: ${resourceId}`,
    );
  }
  if (isIndex !== dimension.startsWith('dynamodb:index:')) {
    throw new AwsError(
      'ValidationException',
      `Unsupported service namespace, resource type or scalable dimension: ${dimension}`,
    );
  }
  return { resourceId, dimension, key: scalingKey(resourceId, dimension) };
}

function assertNamespace(input: Members): void {
  const namespace = requiredString(input, 'ServiceNamespace');
  if (namespace !== NAMESPACE) throw notServed('Application Auto Scaling', `the namespace ${namespace}`);
}

function noTarget(resourceId: string, dimension: ScalableDimension): AwsError {
  return new AwsError(
    'ObjectNotFoundException',
    `No scalable target found for service namespace: ${NAMESPACE}, resource ID: ${resourceId}, scalable dimension: ${dimension}`,
  );
}

function matching<T extends { readonly dimension: ScalableDimension }>(
  input: Members,
  all: readonly T[],
): readonly T[] {
  assertNamespace(input);
  const dimension = optionalChoice(input, 'ScalableDimension', SCALABLE_DIMENSIONS);
  return all.filter(each => dimension === undefined || each.dimension === dimension);
}

/** One page of a list; the token is where the next one begins. */
function page<T>(input: Members, name: string, all: readonly T[], describe: (each: T) => unknown): unknown {
  const size = optionalInteger(input, 'MaxResults', { min: 1, max: DEFAULT_PAGE }) ?? DEFAULT_PAGE;
  const token = optionalString(input, 'NextToken');
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidNextTokenException', 'The next token is invalid.');
  const next = from + size < all.length ? String(from + size) : undefined;
  return { [name]: all.slice(from, from + size).map(describe), NextToken: next };
}
