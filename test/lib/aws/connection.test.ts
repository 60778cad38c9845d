import { type Server, createServer } from 'node:http';
import { type Socket, connect as connectSocket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import type { RequestTrace } from '../../../src/lib/aws/call.js';
import { type Aws, type ConnectionOptions, connect } from '../../../src/lib/aws/connection.js';
import { translateAwsError } from '../../../src/lib/aws/translate.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { type WireServer, answerError, answerJson, listen, wireServer } from '../../support/wire-server.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET };
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

function door(options: Partial<ConnectionOptions>): Aws {
  const aws = connect({ credentials, env: {}, clock: systemClock, random: () => 0, ...options });
  closing.push(() => aws.close());
  return aws;
}

async function serve(answer: Parameters<typeof wireServer>[0]): Promise<WireServer> {
  const server = await wireServer(answer);
  closing.push(() => server.close());
  return server;
}

async function failureOf(asking: Promise<unknown>): Promise<AwsError> {
  const failure: unknown = await asking.catch((error: unknown) => error);
  if (failure instanceof AwsError) return failure;
  throw new Error(`no AwsError: ${String(failure)}`);
}

describe('an endpoint', () => {
  it.each([200, 404])('that answers HTML (%i) is no AWS endpoint', async statusCode => {
    const server = await serve(response => {
      response.writeHead(statusCode, { 'Content-Type': 'text/html' });
      response.end('<!DOCTYPE html><html><body>It works!</body></html>');
    });
    const streams = await door({ endpointUrl: server.url }).streams('eu-central-1');
    const failure = await failureOf(streams.listStreams({}));
    expect(failure.kind).toBe('bad-response');
    expect(translateAwsError(failure)).toMatchObject({
      code: 'bad-response',
      message: `What answered ListStreams at ${server.url} is not an AWS endpoint.`,
    });
  });

  it('whose load balancer has no server just now is asked again', async () => {
    const server = await serve((response, _request, index) => {
      if (index === 2) {
        answerJson(response, { Streams: [] });
        return;
      }
      response.writeHead(503, { 'Content-Type': 'text/html' });
      response.end('<html><body>503 Service Temporarily Unavailable</body></html>');
    });
    const streams = await door({ endpointUrl: server.url }).streams('eu-central-1');
    expect(await streams.listStreams({})).toEqual({ streams: [], lastEvaluatedStreamArn: undefined });
    const reading = await failureOf(
      door({ endpointUrl: (await serve(r => r.writeHead(502).end('<html>'))).url, maxAttempts: 1 })
        .streams('eu-central-1')
        .then(each => each.getRecords({ iterator: 'i', streamArn: 'arn' })),
    );
    expect(reading.kind).toBe('service');
  });

  it('that cannot be reached is named, with how', async () => {
    const server = await wireServer(() => {});
    await server.close();
    const streams = await door({ endpointUrl: server.url, maxAttempts: 2 }).streams('eu-central-1');
    const failure = await failureOf(streams.listStreams({}));
    expect(failure).toMatchObject({ kind: 'network', code: 'ECONNREFUSED', endpoint: server.url });
    expect(translateAwsError(failure).message).toContain(`cannot be reached at ${server.url}: connect ECONNREFUSED`);
  });

  it('that nobody listens at has a code of its own also where a name has several addresses', async () => {
    const server = await wireServer(() => {});
    await server.close();
    const endpointUrl = `http://localhost:${server.port}`;
    const streams = await door({ endpointUrl, maxAttempts: 1 }).streams('eu-central-1');
    expect(await failureOf(streams.listStreams({}))).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
  });

  it('that speaks no HTTP, or no TLS, is a failure of the network', async () => {
    const server = createServer();
    server.on('connection', (socket: Socket) => socket.end('220 smtp ready\r\n'));
    const port = await listen(server);
    closing.push(() => new Promise(resolve => server.close(resolve)));
    for (const scheme of ['http', 'https']) {
      const aws = door({ endpointUrl: `${scheme}://127.0.0.1:${port}`, maxAttempts: 1 });
      const streams = await aws.streams('eu-central-1');
      expect((await failureOf(streams.listStreams({}))).kind).toBe('network');
    }
  });

  it('of the environment is found for each service, and named in errors', async () => {
    const server = await serve(response => {
      answerError(response, 'ResourceNotFoundException', 'Requested resource not found');
    });
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB_STREAMS', server.url);
    const aws = door({ env: { AWS_ENDPOINT_URL_DYNAMODB_STREAMS: server.url } });
    const failure = await failureOf((await aws.streams('eu-central-1')).listStreams({ tableName: 'Orders' }));
    expect(failure).toMatchObject({ kind: 'not-found', endpoint: server.url, resource: 'Orders' });
  });
});

describe('attempts', () => {
  it('are as many as asked for, by the one policy', async () => {
    const server = await serve(response => {
      answerError(response, 'ThrottlingException', 'Rate exceeded');
    });
    const traces: RequestTrace[] = [];
    const aws = door({ endpointUrl: server.url, maxAttempts: 3, onRequest: trace => traces.push(trace) });
    const failure = await failureOf((await aws.streams('eu-central-1')).listStreams({}));
    expect(failure).toMatchObject({ kind: 'throttled', requestId: 'REQUEST1' });
    expect(server.requests).toHaveLength(3);
    expect(traces).toMatchObject([{ operation: 'ListStreams', attempts: 3, failure: 'ThrottlingException' }]);
  });

  it('reuse the clients of a Region', async () => {
    const aws = door({ endpointUrl: 'http://127.0.0.1:1' });
    expect(await aws.streams('eu-central-1')).toBe(await aws.streams('eu-central-1'));
    expect(await aws.streams('eu-central-1')).not.toBe(await aws.streams('us-east-1'));
    expect((await aws.streams('us-east-1')).region).toBe('us-east-1');
  });
});

describe('what is missing', () => {
  it('no Region', async () => {
    const failure = await failureOf(door({}).defaultRegion());
    expect(failure.kind).toBe('no-region');
    expect(translateAwsError(failure)).toMatchObject({ exitCode: 2, hint: expect.stringContaining('--region') });
  });

  it('a Region from the flag, else from the environment', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    expect(await door({}).defaultRegion()).toBe('eu-west-3');
    expect(await door({ region: 'us-east-2' }).defaultRegion()).toBe('us-east-2');
  });

  it('no credentials', async () => {
    const server = await serve(response => {
      answerJson(response, { Streams: [] });
    });
    const aws = door({ credentials: undefined, endpointUrl: server.url });
    const failure = await failureOf((await aws.streams('eu-central-1')).listStreams({}));
    expect(failure.kind).toBe('credentials');
    expect(translateAwsError(failure)).toMatchObject({ code: 'no-credentials', exitCode: 5 });
    expect(server.requests).toEqual([]);
  });

  it('a profile that is not there', async () => {
    const aws = door({ credentials: undefined, profile: 'nobody', endpointUrl: 'http://127.0.0.1:1' });
    const failure = await failureOf((await aws.streams('eu-central-1')).listStreams({}));
    expect(failure.kind).toBe('credentials');
    expect(translateAwsError(failure).message).toContain('nobody');
  });
});

describe('what --debug shows', () => {
  it('is each request with its outcome, and nothing secret', async () => {
    const server = await serve((response, request) => {
      if (request.operation === 'GetRecords') answerError(response, 'ExpiredIteratorException', 'Iterator expired');
      else answerJson(response, { Streams: [] });
    });
    const traces: RequestTrace[] = [];
    const env = { AWS_SESSION_TOKEN: 'FQoGZXIvYXdzEXAMPLETOKEN' };
    const aws = door({ endpointUrl: server.url, env, onRequest: trace => traces.push(trace) });
    const streams = await aws.streams('eu-central-1');
    await streams.listStreams({ tableName: 'Orders' });
    await failureOf(streams.getRecords({ iterator: 'arn|1|SECRETITERATOR', streamArn: 'arn:of-the-stream' }));
    expect(traces).toEqual([
      {
        service: 'dynamodbstreams',
        operation: 'ListStreams',
        region: 'eu-central-1',
        resource: 'Orders',
        durationMs: expect.any(Number),
        attempts: 1,
        requestId: 'REQUEST1',
        statusCode: 200,
        failure: undefined,
      },
      expect.objectContaining({ operation: 'GetRecords', failure: 'ExpiredIteratorException', statusCode: 400 }),
    ]);
    const shown = JSON.stringify(traces);
    for (const secret of [SECRET, credentials.accessKeyId, 'EXAMPLETOKEN', 'SECRETITERATOR', 'Signature']) {
      expect(shown).not.toContain(secret);
    }
  });
});

describe('a proxy', () => {
  /** A proxy that takes every name for the server's. */
  async function proxyTo(server: WireServer) {
    const asked: string[] = [];
    const proxy: Server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answerError(response, 'ServiceUnavailable', 'plain requests are not forwarded here', 503);
    });
    proxy.on('connect', (request, socket: Socket) => {
      asked.push(`CONNECT ${request.url ?? ''}`);
      const onward = connectSocket(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      closing.push(() => {
        onward.destroy();
        socket.destroy();
      });
    });
    const port = await listen(proxy);
    closing.push(() => new Promise(resolve => proxy.close(resolve)));
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${port}`);
    return { asked, env: { HTTP_PROXY: `http://127.0.0.1:${port}` } };
  }

  it('of the environment carries what goes to another machine', async () => {
    const server = await serve(response => {
      answerJson(response, { Streams: [] });
    });
    const { asked, env } = await proxyTo(server);
    const streams = await door({ env, endpointUrl: 'http://streams.example.test' }).streams('eu-central-1');
    await streams.listStreams({});
    await streams.listStreams({});
    expect(asked[0]).toBe('CONNECT streams.example.test:80');
    expect(server.requests).toHaveLength(2);
  });

  it('is not asked for a loopback address, nor for what NO_PROXY names', async () => {
    const server = await serve(response => {
      answerJson(response, { Streams: [] });
    });
    const { asked, env } = await proxyTo(server);
    vi.stubEnv('NO_PROXY', 'streams.example.test');
    for (const endpointUrl of [server.url, `http://localhost:${server.port}`]) {
      await (await door({ env, endpointUrl }).streams('eu-central-1')).listStreams({});
    }
    const direct = door({ env, endpointUrl: 'http://streams.example.test', maxAttempts: 1 });
    expect((await failureOf((await direct.streams('eu-central-1')).listStreams({}))).kind).toBe('network');
    expect(asked).toEqual([]);
  });
});
