import {
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, START_MS, startHarness } from '../harness.js';

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

/** How a client is, whose clock is the sandbox's. */
function signedBy(
  accessKeyId: string,
  secretAccessKey: string,
  parts: { skewMs?: number; sessionToken?: string } = {},
) {
  const { skewMs = 0, sessionToken } = parts;
  return {
    endpoint: harness.sandbox.url,
    region: 'us-east-1',
    maxAttempts: 1,
    systemClockOffset: START_MS + skewMs - Date.now(),
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}

describe('signatures, when they are checked', () => {
  beforeEach(() => {
    harness.sandbox.control.setAccess({ verifySignatures: true });
  });

  it('lets in what was signed with the example credentials, over every protocol', async () => {
    const config = signedBy(KEY, SECRET);
    await expect(new DynamoDBClient(config).send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: [] });
    await expect(new DynamoDBStreamsClient(config).send(new ListStreamsCommand({}))).resolves.toMatchObject({
      Streams: [],
    });
    const lambda = new LambdaClient(config);
    await expect(
      lambda.send(new ListEventSourceMappingsCommand({ FunctionName: "a b*'c", EventSourceArn: 'arn:aws:x:y:z:t/é' })),
    ).resolves.toMatchObject({ EventSourceMappings: [] });
    await expect(
      lambda.send(new InvokeCommand({ FunctionName: 'arn:aws:lambda:us-east-1:1:function:a' })),
    ).rejects.toThrow('Function not found');
  });

  it.each([
    [
      signedByKey('AKIAI44QH8DHBEXAMPLE'),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      signedWithToken('session'),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      signedWithSecret('je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY'),
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ],
    [
      signedAfter(-5 * 60_000 - 2_000),
      'InvalidSignatureException',
      /^Signature expired: 20261120T1006\d\dZ is now earlier than 20261120T100612Z \(20261120T101112Z - 5 min\.\)$/,
    ],
    [
      signedAfter(5 * 60_000 + 3_000),
      'InvalidSignatureException',
      /^Signature not yet current: 20261120T1016\d\dZ is still later than 20261120T101612Z \(20261120T101112Z \+ 5 min\.\)$/,
    ],
  ] as const)('refuses one %s', async ({ config }, name, message) => {
    const refused = expect(new DynamoDBClient(config()).send(new ListTablesCommand({}))).rejects;
    await refused.toMatchObject({
      name,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('answers Lambda’s clients with 403', async () => {
    const client = new LambdaClient(signedBy(KEY, 'wrong'));
    await expect(client.send(new ListEventSourceMappingsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('refuses what was not signed, and what was signed in half', async () => {
    const none = await harness.raw('DynamoDB_20120810.ListTables', {});
    expect(none.status).toBe(400);
    expect(await none.json()).toEqual({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    const half = await harness.raw(
      'DynamoDB_20120810.ListTables',
      {},
      { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    );
    expect(await half.json()).toMatchObject({ __type: 'com.amazon.coral.service#IncompleteSignatureException' });
  });

  it('refuses a body that is not the one that was signed', async () => {
    const client = new DynamoDBClient(signedBy(KEY, SECRET));
    client.middlewareStack.add(
      next => args => {
        Object.assign(args.request as object, { body: '[]' });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'swapBody' },
    );
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  it('takes a presigned URL until it is too old', async () => {
    const { config } = new LambdaClient(signedBy(KEY, SECRET));
    const signer = await config.signer();
    if (!isPresigner(signer)) expect.unreachable();
    const { host, hostname, port } = new URL(harness.sandbox.url);
    const signed = await signer.presign(
      {
        method: 'GET',
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: '/2015-03-31/event-source-mappings/',
        query: { FunctionName: 'a b' },
        headers: { host },
      },
      { expiresIn: 60, signingDate: new Date(START_MS) },
    );
    const query = Object.entries(signed.query ?? {}).map(
      ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
    );
    const url = `${harness.sandbox.url}${signed.path}?${query.join('&')}`;
    expect((await fetch(url)).status).toBe(200);
    harness.sandbox.control.advanceClock({ ms: 61_000 });
    const late = await fetch(url);
    expect(late.status).toBe(403);
    expect(await late.json()).toMatchObject({ message: expect.stringMatching(/^Signature expired: .* - 1 min\.\)$/) });
  });

  it('names an unknown operation as such, whoever asks', async () => {
    const answer = await harness.raw('DynamoDB_20120810.MakeCoffee', {});
    expect(await answer.json()).toMatchObject({ __type: 'com.amazon.coral.service#UnknownOperationException' });
  });

  it('stays out of the tester’s way', async () => {
    expect((await fetch(`${harness.sandbox.url}/_ddbx/status`)).status).toBe(200);
    harness.sandbox.control.setAccess({ verifySignatures: false });
    expect((await harness.raw('DynamoDB_20120810.ListTables', {})).status).toBe(200);
  });
});

/** What the SDK's signers can do besides signing headers. */
interface Presigner {
  presign(request: object, options: object): Promise<{ readonly path: string; readonly query?: object }>;
}

function isPresigner(signer: object): signer is Presigner {
  return 'presign' in signer;
}

/** A way to sign, with what it is called in a test's name. */
function signing(name: string, config: () => ReturnType<typeof signedBy>) {
  return { config, toString: () => name };
}
function signedByKey(key: string) {
  return signing('by an unknown key', () => signedBy(key, SECRET));
}
function signedWithToken(sessionToken: string) {
  return signing('with a session token', () => signedBy(KEY, SECRET, { sessionToken }));
}
function signedWithSecret(secret: string) {
  return signing('with another secret', () => signedBy(KEY, secret));
}
function signedAfter(skewMs: number) {
  return signing(`${skewMs} ms off`, () => signedBy(KEY, SECRET, { skewMs }));
}

describe('policies, when they are required', () => {
  const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';

  beforeEach(async () => {
    await harness.dynamodb().send(new CreateTableCommand(ordersTable('KEYS_ONLY')));
  });

  function allow(action: string | readonly string[], resource: string | readonly string[] = '*'): void {
    const Statement = [{ Effect: 'Allow', Action: action, Resource: resource }];
    harness.sandbox.control.setAccess({ policies: [{ Version: '2012-10-17', Statement }] });
  }

  it('G: names the caller, the action, the resource and the reason, as AWS does', async () => {
    allow('dynamodb:DescribeStream');
    await expect(harness.dynamodb().send(new DescribeTableCommand({ TableName: 'Orders' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111122223333:user/sandbox is not authorized to perform: dynamodb:DescribeTable on resource: ${TABLE} because no identity-based policy allows the dynamodb:DescribeTable action`,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(harness.cloudwatch().send(new ListMetricsCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:user/sandbox is not authorized to perform: cloudwatch:ListMetrics because no identity-based policy allows the cloudwatch:ListMetrics action',
    });
  });

  it('says of an explicit deny that it is one', async () => {
    const Statement = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:*', Resource: TABLE },
    ];
    harness.sandbox.control.setAccess({ policies: [{ Statement }] });
    await expect(harness.dynamodb().send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: ['Orders'] });
    await expect(harness.dynamodb().send(new DescribeTableCommand({ TableName: TABLE }))).rejects.toThrow(
      `on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    );
  });

  it('asks for the index of a query, and for every table and action of a batch or transaction', async () => {
    const key = { pk: { S: '1' } };
    const send = {
      query: () =>
        harness.dynamodb().send(
          new QueryCommand({
            TableName: 'Orders',
            IndexName: 'byCustomer',
            KeyConditionExpression: 'c = :c',
            ExpressionAttributeValues: { ':c': { S: '1' } },
          }),
        ),
      batch: () =>
        harness
          .dynamodb()
          .send(new BatchGetItemCommand({ RequestItems: { Orders: { Keys: [key] }, Others: { Keys: [key] } } })),
      transaction: () =>
        harness.dynamodb().send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName: 'Orders', Item: key } },
              { ConditionCheck: { TableName: 'Orders', Key: key, ConditionExpression: 'attribute_exists(pk)' } },
            ],
          }),
        ),
    };
    allow('dynamodb:*', TABLE);
    await expect(send.query()).rejects.toThrow(`dynamodb:Query on resource: ${TABLE}/index/byCustomer`);
    await expect(send.batch()).rejects.toThrow(
      'dynamodb:BatchGetItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/Others',
    );
    allow('dynamodb:PutItem', TABLE);
    await expect(send.transaction()).rejects.toThrow(`dynamodb:ConditionCheckItem on resource: ${TABLE}`);
  });

  it('G: asks for rights in the Region of a new replica', async () => {
    const add = () =>
      harness
        .dynamodb()
        .send(
          new UpdateTableCommand({ TableName: 'Orders', ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] }),
        );
    allow('dynamodb:*', TABLE);
    const replica = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders';
    await expect(add()).rejects.toThrow(`dynamodb:CreateTable on resource: ${replica}`);
    allow('dynamodb:*', [TABLE, replica]);
    await expect(add()).resolves.toMatchObject({ TableDescription: { TableStatus: 'UPDATING' } });
  });

  it('asks for lambda:InvokeFunction to invoke', async () => {
    allow('lambda:Invoke');
    const invoke = new InvokeCommand({ FunctionName: 'orders', Qualifier: 'live' });
    await expect(harness.lambda().send(invoke)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111122223333:function:orders:live',
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('does not know who asks without a signature', async () => {
    allow('*');
    expect(await (await harness.raw('DynamoDB_20120810.ListTables', {})).json()).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    });
  });

  it('lets everything through again when it is told to', async () => {
    allow('sqs:*');
    expect(harness.sandbox.control.setAccess({})).toEqual({ verifySignatures: false, policies: 1 });
    expect(harness.sandbox.control.setAccess({ policies: null })).toEqual({ verifySignatures: false, policies: null });
    const get = new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: '1' } } });
    await expect(harness.dynamodb().send(get)).resolves.not.toHaveProperty('Item');
  });

  it('refuses a policy that it would not understand, and keeps the one it has', async () => {
    allow('dynamodb:ListTables');
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' };
    expect(() => harness.sandbox.control.setAccess({ policies: [{ Statement: statement }] })).toThrow(
      'policies[0]: "Principal" has no place in Statement[0]',
    );
    await expect(harness.dynamodb().send(new ListTablesCommand({}))).resolves.toBeDefined();
  });
});
