import { afterEach, describe, expect, it } from 'vitest';
import { type Aws, connect } from '../../../src/lib/aws/connection.js';
import type { RequestTrace } from '../../../src/lib/aws/call.js';
import { isAwsError } from '../../../src/lib/aws/aws-error.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { scanPage } from '../../../src/lib/streams/record-page.js';
import { fakeRecord } from '../../support/fake-record.js';
import { type WireServer, answerError, answerJson, wireServer } from '../../support/wire-server.js';

const STREAM = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const traces: RequestTrace[] = [];
let server: WireServer | undefined;
let aws: Aws | undefined;

afterEach(async () => {
  aws?.close();
  await server?.close();
  traces.length = 0;
});

/** The gateway of a Region whose endpoint is a server that answers so. */
async function gatewayTo(answer: Parameters<typeof wireServer>[0], readTimeoutMs?: number) {
  server = await wireServer(answer);
  aws = connect({
    endpointUrl: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    readTimeoutMs,
    env: {},
    clock: systemClock,
    random: () => 0,
    onRequest: trace => traces.push(trace),
  });
  return aws.streams('eu-central-1');
}

const input = { iterator: `${STREAM}|1|SECRETITERATOR`, streamArn: STREAM };

function aPage(records: number, bytesEach: number): Buffer {
  const wire = Array.from({ length: records }, (_, i) =>
    fakeRecord(i, String(800000000000000000000n + BigInt(i)), 1795306399, bytesEach),
  );
  // Spelled as no serialiser would, so that nobody can have read and written it again.
  return Buffer.from(`{ "NextShardIterator" :"n\\u0065xt", "Records":${JSON.stringify(wire)} , "Unknown":1.50}`);
}

describe('GetRecords', () => {
  it('hands out the answer byte for byte, however many pieces it came in', async () => {
    const page = aPage(800, 900);
    const gateway = await gatewayTo((response, _request, index) => {
      if (index === 0) {
        answerJson(response, page);
        return;
      }
      response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' });
      for (let at = 0; at < page.length; at += 10_007) response.write(page.subarray(at, at + 10_007));
      response.end();
    });
    for (let call = 0; call < 2; call += 1) {
      const body = await gateway.getRecords(input);
      expect(body.equals(page)).toBe(true);
    }
    expect(scanPage(page).records).toHaveLength(800);
    expect(server?.requests.map(request => JSON.parse(request.body))).toEqual([
      { ShardIterator: input.iterator },
      { ShardIterator: input.iterator },
    ]);
    expect(server?.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\//);
  });

  it('leaves the answers of the other operations to the SDK', async () => {
    const gateway = await gatewayTo((response, request) => {
      if (request.operation === 'GetShardIterator') answerJson(response, { ShardIterator: 'it' });
      else
        answerJson(response, {
          StreamDescription: { StreamArn: STREAM, StreamStatus: 'ENABLED', Shards: [{ ShardId: 's1' }] },
        });
    });
    expect(await gateway.getShardIterator({ streamArn: STREAM, shardId: 's1', start: { type: 'LATEST' } })).toBe('it');
    const page = await gateway.describeStream({ streamArn: STREAM, childrenOf: 's0' });
    expect(page).toMatchObject({ status: 'ENABLED', shards: [{ shardId: 's1', parentShardId: undefined }] });
    expect(JSON.parse(server?.requests[1]?.body ?? '')).toEqual({
      StreamArn: STREAM,
      ShardFilter: { Type: 'CHILD_SHARDS', ShardId: 's0' },
    });
  });

  it.each([
    ['ExpiredIteratorException', 'expired-iterator', 400],
    ['TrimmedDataAccessException', 'trimmed', 400],
    ['LimitExceededException', 'throttled', 400],
    ['ThrottlingException', 'throttled', 400],
    ['ResourceNotFoundException', 'not-found', 400],
    ['InternalServerError', 'service', 500],
  ])('types %s, and does not repeat the call by itself', async (code, kind, statusCode) => {
    const gateway = await gatewayTo(response => {
      answerError(response, code, 'words of AWS', statusCode);
    });
    await expect(gateway.getRecords(input)).rejects.toMatchObject({
      kind,
      code,
      message: 'words of AWS',
      resource: STREAM,
    });
    expect(server?.requests).toHaveLength(1);
    expect(traces).toMatchObject([{ operation: 'GetRecords', attempts: 1, failure: code, statusCode }]);
  });

  it.each(['with its length told', 'in chunks'])('takes a connection cut in the middle for no page (%s)', async how => {
    const page = aPage(300, 900);
    const gateway = await gatewayTo(response => {
      const headers = { 'Content-Type': 'application/x-amz-json-1.0' };
      response.writeHead(200, how === 'in chunks' ? headers : { ...headers, 'Content-Length': page.length });
      response.write(page.subarray(0, 100_000), () => response.destroy());
    });
    await expect(gateway.getRecords(input)).rejects.toMatchObject({ kind: 'network', code: 'ECONNRESET' });
  });

  it('takes an answer that stops in the middle for a failed one, after the read timeout', async () => {
    const page = aPage(300, 900);
    const gateway = await gatewayTo(response => {
      response.writeHead(200, { 'Content-Length': page.length });
      response.write(page.subarray(0, 1_000));
    }, 100);
    await expect(gateway.getRecords(input)).rejects.toMatchObject({
      kind: 'network',
      message: 'the answer stopped for 100 ms',
    });
  });

  it('takes no answer for a failed one, after the read timeout', async () => {
    const gateway = await gatewayTo(() => {}, 100);
    await expect(gateway.getRecords(input)).rejects.toMatchObject({
      kind: 'network',
      message: 'no answer within 100 ms',
    });
  });

  it.each(['before the answer', 'in the middle of it'])('ends at once when it is aborted %s', async when => {
    const abort = new AbortController();
    const gateway = await gatewayTo(response => {
      if (when === 'before the answer') {
        abort.abort();
        return;
      }
      response.writeHead(200, { 'Content-Length': 1_000 });
      response.write('{"Records":[', () => setImmediate(() => setTimeout(() => abort.abort(), 20)));
    });
    const failure: unknown = await gateway.getRecords(input, abort.signal).catch((error: unknown) => error);
    expect(isAwsError(failure)).toBe(true);
    expect(abort.signal.aborted).toBe(true);
  });

  it('makes no call when it is aborted already', async () => {
    const gateway = await gatewayTo(response => {
      answerJson(response, {});
    });
    await expect(gateway.getRecords(input, AbortSignal.abort())).rejects.toMatchObject({ kind: 'aborted' });
    expect(server?.requests).toEqual([]);
  });

  it('says that a page which is no JSON is no page of records', async () => {
    const gateway = await gatewayTo(response => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<html>Welcome to nginx</html>');
    });
    const body = await gateway.getRecords(input);
    expect(() => scanPage(body)).toThrow(/is not a page of stream records: it is not JSON, and begins with/);
  });
});

describe('the clock of the endpoint', () => {
  it('is followed by the dates of its answers, also of GetRecords', async () => {
    const aheadMs = 3_600_000;
    const gateway = await gatewayTo(response => {
      response.setHeader('Date', new Date(Date.now() + aheadMs).toUTCString());
      answerJson(response, { Records: [] });
    });
    const before = gateway.serverNow() - Date.now();
    expect(Math.abs(before)).toBeLessThan(1_000);
    await gateway.getRecords(input);
    expect(Math.abs(gateway.serverNow() - Date.now() - aheadMs)).toBeLessThan(2_000);
  });

  it('is ours where they differ by no more than the rounding', async () => {
    const gateway = await gatewayTo(response => {
      response.setHeader('Date', new Date(Date.now() - 900).toUTCString());
      answerJson(response, { Records: [] });
    });
    await gateway.getRecords(input);
    expect(Math.abs(gateway.serverNow() - Date.now())).toBeLessThan(100);
  });
});
