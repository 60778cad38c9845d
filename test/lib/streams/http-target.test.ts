import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpTarget, isLoopback } from '../../../src/lib/streams/http-target.js';

const EVENT = Buffer.from('{"Records":[]}');
const SIGNAL = new AbortController().signal;

describe('httpTarget', () => {
  let close: () => void = () => {};
  afterEach(() => {
    close();
  });
  const serve = async (answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        answer(request, body, response);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    close = () => {
      server.closeAllConnections();
      server.close();
    };
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/events`);
  };

  it('posts the event', async () => {
    const url = await serve((request, body, response) => {
      response.end(JSON.stringify([request.method, request.url, request.headers['content-type'], body]));
    });
    expect(await httpTarget(url).invoke(EVENT, SIGNAL)).toEqual({
      kind: 'answered',
      status: 200,
      body: '["POST","/events","application/json","{\\"Records\\":[]}"]',
    });
  });

  it.each([
    [500, 'it broke', 'it broke'],
    [503, '', 'HTTP 503 Service Unavailable'],
    [302, '', 'HTTP 302 Found'],
  ])('takes %i for a failed batch', async (status, body, message) => {
    const url = await serve((_request, _body, response) => {
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end(body);
    });
    expect(await httpTarget(url).invoke(EVENT, SIGNAL)).toEqual({
      kind: 'failed',
      status,
      errorType: undefined,
      message,
    });
  });

  it('takes a connection that breaks for a failed batch', async () => {
    const url = await serve(request => {
      request.socket.destroy();
    });
    expect(await httpTarget(url).invoke(EVENT, SIGNAL)).toMatchObject({ kind: 'failed', status: undefined });
  });

  it('says that nobody is there', async () => {
    const url = await serve(() => {});
    close();
    await expect(httpTarget(url).invoke(EVENT, SIGNAL)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining(url.origin),
    });
  });

  it('ends when it is aborted', async () => {
    const stop = new AbortController();
    const url = await serve(() => {
      stop.abort();
    });
    await expect(httpTarget(url).invoke(EVENT, stop.signal)).rejects.toThrow();
  });
});

describe('isLoopback', () => {
  it.each([
    'http://localhost:9000/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://[::1]:80/',
    'https://app.localhost/',
  ])('knows %s', url => {
    expect(isLoopback(new URL(url))).toBe(true);
  });
  it.each([
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://10.0.0.1/',
  ])('knows that %s is elsewhere', url => {
    expect(isLoopback(new URL(url))).toBe(false);
  });
});
