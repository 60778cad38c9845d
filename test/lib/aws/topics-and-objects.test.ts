import { type IncomingMessage, createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Aws, connect } from '../../../src/lib/aws/connection.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { listen } from '../../support/wire-server.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers XML, and a door to it. */
async function door(
  answer: (seen: Seen) => { readonly status?: number; readonly body: string },
): Promise<{ readonly aws: Aws; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(one);
      const { status = 200, body } = answer(one);
      response.writeHead(status, { 'Content-Type': 'text/xml' });
      response.end(body);
    });
  });
  const port = await listen(server);
  closing.push(() => new Promise(resolve => server.close(resolve)));
  const aws = connect({
    credentials,
    env: {},
    clock: systemClock,
    random: () => 0,
    endpointUrl: `http://127.0.0.1:${port}`,
    maxAttempts: 1,
  });
  closing.push(() => aws.close());
  return { aws, seen };
}

describe('publishing to a topic', () => {
  it('tells what was taken from what was not', async () => {
    const { aws, seen } = await door(() => ({
      body: `<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>
        <Successful><member><Id>0</Id><MessageId>m-1</MessageId></member></Successful>
        <Failed><member><Id>1</Id><Code>InternalError</Code><Message>again</Message><SenderFault>false</SenderFault></member></Failed>
        </PublishBatchResult></PublishBatchResponse>`,
    }));
    const topics = await aws.topics('eu-central-1');
    const entries = [{ body: '{"n":1}' }, { body: '{"n":2}' }];
    expect(await topics.publishBatch('arn:aws:sns:eu-central-1:111122223333:orders', entries)).toEqual({
      done: [entries[0]],
      failed: [{ entry: entries[1], code: 'InternalError', message: 'again', senderFault: false }],
    });
    const form = new URLSearchParams(seen[0]?.body);
    expect(form.get('Action')).toBe('PublishBatch');
    expect(form.get('PublishBatchRequestEntries.member.2.Message')).toBe('{"n":2}');
  });

  it('names the topic that is not there', async () => {
    const { aws } = await door(() => ({
      status: 404,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>',
    }));
    const topics = await aws.topics('eu-central-1');
    await expect(topics.publishBatch('arn:aws:sns:eu-central-1:111122223333:orders', [])).rejects.toMatchObject({
      kind: 'not-found',
      resource: 'arn:aws:sns:eu-central-1:111122223333:orders',
    });
  });
});

describe('objects', () => {
  it("are listed page by page, at an endpoint of one's own by path", async () => {
    const { aws, seen } = await door(() => ({
      body: `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>
        <Contents><Key>aws/lambda/a b.json</Key><Size>12</Size><LastModified>2026-11-22T00:13:49.000Z</LastModified></Contents>
        </ListBucketResult>`,
    }));
    const objects = await aws.objects('eu-central-1');
    expect(await objects.list({ bucket: 'failures', prefix: 'aws/', after: 'token' })).toEqual({
      objects: [{ key: 'aws/lambda/a b.json', sizeBytes: 12, lastModifiedMs: Date.parse('2026-11-22T00:13:49.000Z') }],
      next: 'more',
    });
    const url = new URL(`http://host${seen[0]?.path ?? ''}`);
    expect(url.pathname).toBe('/failures/');
    expect(url.searchParams.get('continuation-token')).toBe('token');
  });

  it('are read, written, copied and deleted', async () => {
    const { aws, seen } = await door(({ method }) => ({
      body: method === 'GET' ? '{"version":"1.0"}' : '<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>',
    }));
    const objects = await aws.objects('eu-central-1');
    expect(await objects.get('failures', 'a b.json')).toBe('{"version":"1.0"}');
    await objects.put('failures', 'c.json', '{}');
    await objects.copy('failures', 'in/a b+c.json', 'done/a.json');
    await objects.delete('failures', 'in/a b+c.json');
    expect(seen.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
      'GET /failures/a%20b.json',
      'PUT /failures/c.json',
      'PUT /failures/done/a.json',
      'DELETE /failures/in/a%20b%2Bc.json',
    ]);
    expect(seen[2]?.headers['x-amz-copy-source']).toBe('failures/in/a%20b%2Bc.json');
  });

  it('name what is not there', async () => {
    const { aws } = await door(() => ({
      status: 404,
      body: '<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>',
    }));
    const objects = await aws.objects('eu-central-1');
    await expect(objects.list({ bucket: 'nowhere', prefix: '' })).rejects.toMatchObject({
      kind: 'not-found',
      resource: 's3://nowhere',
    });
  });
});
