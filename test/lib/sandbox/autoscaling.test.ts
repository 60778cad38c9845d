import {
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, startHarness } from './harness.js';

const WRITES = {
  ServiceNamespace: 'dynamodb' as const,
  ResourceId: 'table/Orders',
  ScalableDimension: 'dynamodb:table:WriteCapacityUnits' as ScalableDimension,
};
const READS = { ...WRITES, ScalableDimension: 'dynamodb:table:ReadCapacityUnits' as ScalableDimension };

describe('Application Auto Scaling', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness();
    await harness.dynamodb().send(new CreateTableCommand(ordersTable()));
  });
  afterEach(() => harness.close());

  const register = (input: Partial<RegisterScalableTargetCommandInput> = {}) =>
    harness.scaling().send(new RegisterScalableTargetCommand({ ...WRITES, MinCapacity: 5, MaxCapacity: 50, ...input }));
  const put = (PolicyName: string, target = WRITES) =>
    harness.scaling().send(
      new PutScalingPolicyCommand({
        ...target,
        PolicyName,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
      }),
    );
  const targets = (input = {}) =>
    harness.scaling().send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb', ...input }));
  const policies = async (input = {}) =>
    (await harness.scaling().send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'dynamodb', ...input })))
      .ScalingPolicies;

  it('shows what is registered, of one table or of all, in its own Region only', async () => {
    const { ScalableTargetARN } = await register();
    await register(READS);
    expect((await targets({ ScalableDimension: WRITES.ScalableDimension })).ScalableTargets).toMatchObject([
      { ...WRITES, MinCapacity: 5, MaxCapacity: 50, ScalableTargetARN },
    ]);
    expect((await targets({ ResourceIds: ['table/Nothing'] })).ScalableTargets).toEqual([]);
    const elsewhere = new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb' });
    expect((await harness.scaling('eu-west-1').send(elsewhere)).ScalableTargets).toEqual([]);
  });

  it('changes a target that is there, and keeps what is left out', async () => {
    const first = await register();
    const second = await harness.scaling().send(new RegisterScalableTargetCommand({ ...WRITES, MaxCapacity: 100 }));
    expect(second.ScalableTargetARN).toBe(first.ScalableTargetARN);
    expect((await targets()).ScalableTargets).toMatchObject([{ MinCapacity: 5, MaxCapacity: 100 }]);
  });

  it('gives page after page', async () => {
    await register();
    await register(READS);
    const first = await targets({ MaxResults: 1 });
    const second = await targets({ MaxResults: 1, NextToken: first.NextToken });
    const shown = [first, second].map(page => page.ScalableTargets?.[0]?.ScalableDimension);
    expect(shown).toEqual([WRITES.ScalableDimension, READS.ScalableDimension]);
    expect(second.NextToken).toBeUndefined();
  });

  it('keeps one policy for a target; another name takes its place', async () => {
    await register();
    await put('first');
    await put('second');
    expect(await policies({ ResourceId: 'table/Orders' })).toMatchObject([
      { PolicyName: 'second', PolicyType: 'TargetTrackingScaling', ...WRITES },
    ]);
    expect(await policies({ PolicyNames: ['first'] })).toEqual([]);
    await harness.scaling().send(new DeleteScalingPolicyCommand({ ...WRITES, PolicyName: 'second' }));
    expect(await policies()).toEqual([]);
  });

  it('takes the policy away with its target', async () => {
    await register();
    await put('writes');
    await harness.scaling().send(new DeregisterScalableTargetCommand(WRITES));
    expect((await targets()).ScalableTargets).toEqual([]);
    expect(await policies()).toEqual([]);
  });

  it.each<[string, Partial<RegisterScalableTargetCommandInput>, string]>([
    ['a table that there is not', { ResourceId: 'table/Nothing' }, 'DynamoDB table does not exist: table/Nothing'],
    ['bounds that cross', { MinCapacity: 6, MaxCapacity: 5 }, 'Maximum capacity cannot be less than minimum capacity'],
    ['a target without bounds', { MinCapacity: undefined }, 'MinCapacity and MaxCapacity must be given'],
    ['what is no table', { ResourceId: 'function:orders' }, 'Unsupported service namespace, resource type'],
    ['a table’s dimension for an index', { ResourceId: 'table/Orders/index/a' }, 'scalable dimension'],
    ['another service', { ServiceNamespace: 'ecs' }, 'The sandbox does not serve the namespace ecs'],
    ['what would be ignored', { SuspendedState: {} }, 'The sandbox does not serve SuspendedState'],
  ])('refuses %s', async (_, input, message) => {
    await expect(register(input)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('knows no policy of a target that is not registered, and no target to take away', async () => {
    const missing = { name: 'ObjectNotFoundException', message: expect.stringContaining('resource ID: table/Orders') };
    await expect(put('writes')).rejects.toMatchObject(missing);
    await expect(harness.scaling().send(new DeregisterScalableTargetCommand(WRITES))).rejects.toMatchObject(missing);
    await expect(
      harness.scaling().send(new DeleteScalingPolicyCommand({ ...WRITES, PolicyName: 'writes' })),
    ).rejects.toMatchObject({ name: 'ObjectNotFoundException' });
  });

  it('serves no policies but those that track a target', async () => {
    await register();
    const step = new PutScalingPolicyCommand({ ...WRITES, PolicyName: 'step', PolicyType: 'StepScaling' });
    await expect(harness.scaling().send(step)).rejects.toMatchObject({
      message: expect.stringContaining('The sandbox does not serve PolicyType StepScaling'),
    });
  });
});
