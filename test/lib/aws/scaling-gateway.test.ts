import { describe, expect, it } from 'vitest';
import { answerError, answerJson } from '../../support/wire-server.js';
import { bodyOf, doorTo } from './wire-door.js';

describe('what auto scaling steers', () => {
  it('is told apart by table and index, reads and writes, and by whether a policy steers it', async () => {
    const { aws, server } = await doorTo((response, { operation, body }) => {
      if (operation === 'DescribeScalableTargets') {
        answerJson(response, {
          ScalableTargets: [
            {
              ResourceId: 'table/Orders',
              ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
              MinCapacity: 5,
              MaxCapacity: 500,
            },
            {
              ResourceId: 'table/Orders',
              ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
              MinCapacity: 1,
              MaxCapacity: 9,
            },
            {
              ResourceId: 'table/Orders/index/byDay',
              ScalableDimension: 'dynamodb:index:WriteCapacityUnits',
              MinCapacity: 5,
              MaxCapacity: 50,
            },
          ],
        });
        return;
      }
      const { ResourceId } = JSON.parse(body) as { ResourceId: string };
      answerJson(response, {
        ScalingPolicies:
          ResourceId === 'table/Orders' ? [{ ResourceId, ScalableDimension: 'dynamodb:table:WriteCapacityUnits' }] : [],
      });
    });
    const targets = await (await aws.scaling('us-east-1')).targetsOf('Orders', ['byDay']);
    expect(targets).toEqual([
      { indexName: undefined, dimension: 'write', minUnits: 5, maxUnits: 500, hasPolicy: true },
      { indexName: undefined, dimension: 'read', minUnits: 1, maxUnits: 9, hasPolicy: false },
      { indexName: 'byDay', dimension: 'write', minUnits: 5, maxUnits: 50, hasPolicy: false },
    ]);
    expect(bodyOf(server, 0)).toEqual({
      ServiceNamespace: 'dynamodb',
      ResourceIds: ['table/Orders', 'table/Orders/index/byDay'],
    });
    expect(server.requests.map(({ operation }) => operation)).toEqual([
      'DescribeScalableTargets',
      'DescribeScalingPolicies',
      'DescribeScalingPolicies',
    ]);
  });
});

describe('a key of KMS', () => {
  it('is described with its state', async () => {
    const { aws } = await doorTo(response => {
      answerJson(response, {
        KeyMetadata: {
          Arn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
          KeyId: '1',
          KeyState: 'Disabled',
          KeyUsage: 'ENCRYPT_DECRYPT',
          KeySpec: 'SYMMETRIC_DEFAULT',
          KeyManager: 'CUSTOMER',
        },
      });
    });
    expect(await (await aws.keys('eu-west-1')).describeKey('alias/orders')).toEqual({
      arn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
      state: 'Disabled',
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT',
      manager: 'CUSTOMER',
    });
  });

  it('that is not there is named in the failure', async () => {
    const { aws } = await doorTo(response => {
      answerError(response, 'NotFoundException', 'Alias arn:aws:kms:eu-west-1:111122223333:alias/x is not found.');
    });
    const failing = (await aws.keys('eu-west-1')).describeKey('alias/x');
    await expect(failing).rejects.toMatchObject({ kind: 'not-found', resource: 'alias/x', service: 'kms' });
  });
});
