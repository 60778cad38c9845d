import { describe, expect, it } from 'vitest';
import { parseQueueArn, parseQueueRef } from '../../../src/lib/aws/queue-ref.js';

describe('a <queue> argument', () => {
  it.each([
    ['orders-failures', { queueName: 'orders-failures' }],
    ['Orders_2.fifo', { queueName: 'Orders_2.fifo' }],
    ['q'.repeat(80), { queueName: 'q'.repeat(80) }],
    ['orders.fifo', { queueName: 'orders.fifo' }],
    [
      'arn:aws:sqs:eu-west-1:111122223333:orders-failures',
      { queueName: 'orders-failures', account: '111122223333', region: 'eu-west-1' },
    ],
    ['arn:aws:sqs:elasticmq:000000000000:q', { queueName: 'q', account: '000000000000' }],
    [
      'https://sqs.eu-west-1.amazonaws.com/111122223333/orders-failures',
      {
        queueName: 'orders-failures',
        account: '111122223333',
        region: 'eu-west-1',
        queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders-failures',
      },
    ],
    [
      'https://us-east-1.queue.amazonaws.com/111122223333/q',
      {
        queueName: 'q',
        account: '111122223333',
        region: 'us-east-1',
        queueUrl: 'https://us-east-1.queue.amazonaws.com/111122223333/q',
      },
    ],
    [
      'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/q',
      {
        queueName: 'q',
        account: '111122223333',
        region: 'cn-north-1',
        queueUrl: 'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/q',
      },
    ],
    [
      'http://localhost:4566/000000000000/q',
      { queueName: 'q', account: '000000000000', queueUrl: 'http://localhost:4566/000000000000/q' },
    ],
    [
      'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/q',
      {
        queueName: 'q',
        account: '000000000000',
        queueUrl: 'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/q',
      },
    ],
  ])('%s', (text, expected) => {
    expect(parseQueueRef(text)).toEqual(expected);
  });

  it.each([
    ['', 'is not the name of an SQS queue'],
    ['orders failures', 'is not the name of an SQS queue'],
    ['q'.repeat(81), 'is not the name of an SQS queue'],
    ['arn:aws:sns:eu-west-1:111122223333:orders', 'is not the ARN of an SQS queue'],
    ['https://sqs.eu-west-1.amazonaws.com/orders', 'is not the URL of an SQS queue'],
    ['https://', 'is not the URL of an SQS queue'],
  ])('%s is refused, with an example', (text, message) => {
    expect(() => parseQueueRef(text)).toThrow(expect.objectContaining({ exitCode: 2, hint: expect.any(String) }));
    expect(() => parseQueueRef(text)).toThrow(message);
  });

  it('takes ARNs apart', () => {
    expect(parseQueueArn('arn:aws-cn:sqs:cn-north-1:111122223333:q')).toEqual({
      region: 'cn-north-1',
      account: '111122223333',
      queueName: 'q',
    });
    expect(parseQueueArn('arn:aws:sqs:eu-west-1:111122223333')).toBeUndefined();
  });
});
