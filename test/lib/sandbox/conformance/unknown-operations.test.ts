import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

/** A request signed, as it says, for a service. */
function ask(service: string, method: string, path: string, body: string | undefined, headers: object = {}) {
  return fetch(`${harness.sandbox.url}${path}`, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

describe('an operation that is not there', () => {
  it.each([
    ['dynamodb', 'DynamoDB_20120810.ExecuteStatement'],
    ['dynamodb', 'DynamoDBStreams_20120810.PutRecords'],
    ['sqs', 'AmazonSQS.AddPermission'],
    ['monitoring', 'GraniteServiceVersion20100801.PutDashboard'],
    ['kinesis', 'Kinesis_20131202.ListStreams'],
  ])('of %s is answered as AWS JSON answers it: %s', async (service, target) => {
    const answer = await ask(service, 'POST', '/', '{}', { 'x-amz-target': target });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: expect.stringMatching(/(?:^|#)UnknownOperationException$/) });
    expect(harness.log.at(-1)).toContain(target);
  });

  it.each([
    ['sns', 'Action=CreatePlatformApplication&Version=2010-03-31', 'CreatePlatformApplication'],
    ['sts', 'Action=AssumeRole&Version=2011-06-15', 'AssumeRole'],
    ['iam', 'Action=ListRoles&Version=2010-05-08', 'ListRoles'],
  ])('of %s is answered as the query protocol answers it: %s', async (service, form, name) => {
    const answer = await ask(service, 'POST', '/', form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidAction</Code>');
    expect(harness.log.at(-1)).toContain(name);
  });

  it.each([
    ['POST', '/2015-03-31/code-signing-configs/'],
    ['GET', '/2015-03-31/layers'],
    ['DELETE', '/v1/pipes/orders'],
  ])('of a REST service is answered with 404: %s %s', async (method, path) => {
    const answer = await ask('lambda', method, path, undefined);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(harness.log.at(-1)).toContain(`${method} ${path}`);
  });

  it.each([
    ['PUT', '/orders-bucket?versioning'],
    ['GET', '/orders-bucket?policy'],
  ])('of S3 is answered as S3 answers what it does not implement: %s %s', async (method, path) => {
    const answer = await ask('s3', method, path, undefined);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('<Code>NotImplemented</Code>');
    expect(harness.log.at(-1)).toContain('/orders-bucket');
  });
});
