import { describe, expect, it } from 'vitest';
import { decide, type Need, parsePolicy } from '../../../src/lib/sandbox/access/policy.js';

const STREAM = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';

function aNeed(parts: Partial<Need> = {}): Need {
  return { action: 'dynamodb:GetRecords', resource: STREAM, context: new Map(), ...parts };
}

function decided(statement: object | readonly object[], parts: Partial<Need> = {}) {
  return decide([parsePolicy({ Version: '2012-10-17', Statement: statement })], aNeed(parts));
}

const allow = (parts: object = {}) => ({ Effect: 'Allow', Action: 'dynamodb:GetRecords', Resource: '*', ...parts });

describe('a policy', () => {
  it.each([
    'dynamodb:GetRecords',
    'dynamodb:*',
    'dynamodb:Get*',
    'dynamodb:get?ecords',
    '*',
    ['sqs:SendMessage', 'DynamoDB:GetRecords'],
  ])('allows an action by %j', action => {
    expect(decided(allow({ Action: action }))).toBe('allowed');
  });

  it.each(['dynamodb:GetRecord', 'dynamodb:Get?', 'dynamodb:GetShardIterator', 'sqs:*'])(
    'does not allow it by %s',
    action => {
      expect(decided(allow({ Action: action }))).toBe('not-allowed');
    },
  );

  it.each([
    STREAM,
    'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/*',
    'arn:aws:dynamodb:*:*:table/*',
    'arn:*:dynamodb:us-????-1:111122223333:*',
    ['arn:aws:s3:::orders/*', STREAM],
  ])('allows a resource by %j', resource => {
    expect(decided(allow({ Resource: resource }))).toBe('allowed');
  });

  it.each([
    'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/*',
    'arn:aws:dynamo*:111122223333:table/Orders/stream/*:*',
    'arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/*',
  ])('does not allow it by %s', resource => {
    expect(decided(allow({ Resource: resource }))).toBe('not-allowed');
  });

  it('G: takes only "*" for an action without a resource', () => {
    const need = { action: 'dynamodb:ListStreams', resource: '*' };
    expect(decided(allow({ Action: 'dynamodb:*' }), need)).toBe('allowed');
    expect(decided(allow({ Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:*:*:*' }), need)).toBe('not-allowed');
  });

  it('denies whatever else allows it', () => {
    const deny = { Effect: 'Deny', NotAction: 'dynamodb:Describe*', Resource: '*' };
    expect(decided([allow({ Action: '*' }), deny])).toBe('denied');
    expect(decided([allow({ Action: '*' }), deny], { action: 'dynamodb:DescribeStream' })).toBe('allowed');
  });

  it('selects by NotResource all but what it names', () => {
    const statement = { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:dynamodb:*:*:table/Orders/stream/*' };
    expect(decided(statement)).toBe('not-allowed');
    expect(decided(statement, { resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders' })).toBe('allowed');
  });

  it('allows together what several documents allow', () => {
    const [one, other] = [allow({ Action: 'sqs:*' }), allow()].map(statement => parsePolicy({ Statement: statement }));
    if (one === undefined || other === undefined) expect.unreachable();
    expect([decide([one], aNeed()), decide([one, other], aNeed()), decide([], aNeed())]).toEqual([
      'not-allowed',
      'allowed',
      'not-allowed',
    ]);
  });

  const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:process-orders';
  it.each([
    [{ ArnLike: { 'lambda:FunctionArn': 'arn:aws:lambda:*:*:function:process-*' } }, 'allowed'],
    [{ ArnEquals: { 'lambda:functionarn': [functionArn, 'arn:aws:lambda:a:b:function:c'] } }, 'allowed'],
    [{ StringEquals: { 'lambda:FunctionArn': 'process-orders' } }, 'not-allowed'],
    [{ StringNotLike: { 'lambda:FunctionArn': '*:process-*' } }, 'not-allowed'],
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, 'not-allowed'],
    [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'us-east-1' } }, 'allowed'],
    [{ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }, 'allowed'],
    [
      {
        ArnLike: { 'lambda:FunctionArn': 'arn:aws:lambda:*:*:function:*' },
        StringLike: { 'aws:RequestedRegion': '*' },
      },
      'not-allowed',
    ],
  ] as const)('G: holds %j against what is known', (condition, decision) => {
    const context = new Map([['lambda:functionarn', functionArn]]);
    const need = { action: 'lambda:CreateEventSourceMapping', resource: '*', context };
    expect(decided(allow({ Action: 'lambda:*', Condition: condition }), need)).toBe(decision);
  });

  it.each([
    [[], 'A policy is a JSON object with a "Statement"'],
    [{ Version: '2008-10-17', Statement: [] }, '"Version" of a policy must be "2012-10-17"'],
    [{ Statement: [], Statements: [] }, '"Statements" has no place in the policy'],
    [{ Statement: ['x'] }, 'Statement[0] must be an object'],
    [{ Statement: allow({ Effect: 'allow' }) }, '"Effect" of Statement[0] must be Allow or Deny'],
    [{ Statement: allow({ Principal: '*' }) }, '"Principal" has no place in Statement[0]'],
    [{ Statement: allow({ NotAction: '*' }) }, 'Statement[0] must have one of "Action" and "NotAction"'],
    [{ Statement: allow({ Action: undefined }) }, 'Statement[0] must have one of "Action" and "NotAction"'],
    [{ Statement: allow({ Action: 5 }) }, '"Action" of Statement[0] must be a text or a list of texts'],
    [{ Statement: allow({ Action: 'GetRecords' }) }, 'GetRecords is no action'],
    [{ Statement: [allow(), allow({ Resource: 'Orders' })] }, 'Statement[1]: Orders is neither an ARN nor "*"'],
    [{ Statement: allow({ Resource: 'arn:aws:s3:::${aws:username}/*' }) }, 'knows no policy variables'],
    [{ Statement: allow({ Condition: { IpAddress: {} } }) }, 'knows no condition operator IpAddress'],
    [
      { Statement: allow({ Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } }) },
      'knows no condition key dynamodb:LeadingKeys',
    ],
  ])('is refused as %j', (json, message) => {
    expect(() => parsePolicy(json)).toThrow(message);
  });
});
