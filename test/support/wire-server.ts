import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came in. */
export interface WireRequest {
  /** The operation in `X-Amz-Target`, such as `GetRecords`. */
  readonly operation: string;
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on a free port that speaks x-amz-json as the test tells it to. */
export interface WireServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

/** Starts a server that answers each request as `answer` does; the request's index counts from 0. */
export async function wireServer(
  answer: (response: ServerResponse, request: WireRequest, index: number) => void,
): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const target = message.headers['x-amz-target'];
      const operation = typeof target === 'string' ? target.replace(/^.*\./, '') : '';
      const { method = '', url: path = '', headers } = message;
      const request = { operation, method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      answer(response, request, requests.push(request) - 1);
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, port, requests, close: () => close(server) };
}

/** Answers as AWS does. */
export function answerJson(response: ServerResponse, body: string | Buffer | object, statusCode = 200): void {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(statusCode, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': Buffer.byteLength(bytes),
    'x-amzn-RequestId': 'REQUEST1',
  });
  response.end(bytes);
}

/** Answers with an exception as AWS does. */
export function answerError(response: ServerResponse, code: string, message: string, statusCode = 400): void {
  answerJson(response, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }, statusCode);
}

/** Binds a server to a free port of the loopback address. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
