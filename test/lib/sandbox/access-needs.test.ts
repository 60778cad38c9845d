import { expect, it } from 'vitest';
import { needsOf } from '../../../src/lib/sandbox/access/needs.js';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TAGGED = 'arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:*';

it.each([
  ['kms', 'DescribeKey', { KeyId: KEY }, [['kms:DescribeKey', KEY]]],
  ['kms', 'DescribeKey', { KeyId: KEY.replace(/^.*\//, '') }, [['kms:DescribeKey', KEY]]],
  ['kms', 'DescribeKey', { KeyId: 'alias/orders' }, [['kms:DescribeKey', 'arn:aws:kms:eu-west-1:111122223333:key/*']]],
  ['kms', 'ListKeys', {}, [['kms:ListKeys', '*']]],
  ['lambda', 'CreateEventSourceMapping', { Tags: {} }, [['lambda:CreateEventSourceMapping', '*']]],
  [
    'lambda',
    'CreateEventSourceMapping',
    { Tags: { team: 'shop' } },
    [
      ['lambda:CreateEventSourceMapping', '*'],
      ['lambda:TagResource', TAGGED],
    ],
  ],
] as const)('a caller of %s %s with %j needs %j', (service, operation, input, needs) => {
  const request = {
    method: 'POST',
    url: new URL('http://127.0.0.1/'),
    headers: {},
    body: Buffer.alloc(0),
    requestId: '',
    gone: new AbortController().signal,
  };
  const asked = needsOf(service, { operation, input, request, region: 'eu-west-1', account: '111122223333' });
  expect(asked.map(({ action, resource }) => [action, resource])).toEqual(needs);
});
