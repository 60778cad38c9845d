import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { admit } from '../access/access.js';
import { AwsError } from '../aws-error.js';
import type { ControlHandler } from '../control/control-http.js';
import type { Fault } from '../control/faults.js';
import { type SandboxState, settle } from '../state.js';
import type { Exchange, HttpAnswer, HttpRequest } from './http-answer.js';
import { recognise } from './protocols.js';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const KEEP_ALIVE_MS = 60_000;
const CLOSE_GRACE_MS = 1_000;
const MAX_SEPARATE_CHUNKS = 8;
const CONTROL_PATH = '/_ddbx/';

/** Operations after which there is nothing new to be kept. */
const READS = /^(?:Get|List|Describe|Query|Scan|Head|BatchGet|TransactGet)/;
const HTML_PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** Operations of which AWS says "throughput exceeded" instead of "rate exceeded". */
const DATA_OPERATIONS: ReadonlySet<string> = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchGetItem',
  'BatchWriteItem',
  'Query',
  'Scan',
]);

/** A listening server of the sandbox. */
export interface SandboxServer {
  readonly port: number;
  /** Lets what is being answered finish, then closes everything. */
  close(): Promise<void>;
}

/** Starts to serve `state` on `host` and `port`; `onAnswered` is told after each request. */
export async function listen(
  state: SandboxState,
  control: ControlHandler,
  { host, port, onAnswered }: { readonly host: string; readonly port: number; readonly onAnswered: () => void },
): Promise<SandboxServer> {
  let isClosing = false;
  const server = createServer((incoming, response) => {
    handle(incoming, response, state, control, () => isClosing)
      .catch((error: unknown) => {
        state.log(`The sandbox failed to answer ${incoming.url ?? ''}: ${String(error)}`);
        response.destroy();
      })
      .finally(onAnswered);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: boundPort(server),
    close: async () => {
      isClosing = true;
      await closeServer(server);
    },
  };
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
  control: ControlHandler,
  isClosing: () => boolean,
): Promise<void> {
  const body = await readBody(incoming);
  // Clients take the endpoint's time from here, and it must be the one that a tester has moved.
  response.setHeader('date', new Date(state.clock.now()).toUTCString());
  if (body === undefined) {
    send(response, { status: 413, headers: {}, chunks: [] }, true);
    return;
  }
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const request: HttpRequest = {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://sandbox'),
    headers: incoming.headers,
    body,
    requestId: state.ids.requestId(),
    gone: leaving.signal,
  };
  settle(state);
  if (request.url.pathname.startsWith(CONTROL_PATH)) {
    const name = request.url.pathname.slice(CONTROL_PATH.length);
    const answer = await control(name, request);
    if (name !== 'status') state.changed();
    send(response, answer, isClosing());
    return;
  }
  const exchange = recognise(request, state);
  const fault = state.faults.take(exchange.operation);
  if (fault?.kind === 'reset') incoming.socket.destroy();
  else send(response, fault === undefined ? await run(request, exchange, state) : faulty(exchange, fault), isClosing());
}

async function run(request: HttpRequest, exchange: Exchange, state: SandboxState): Promise<HttpAnswer> {
  try {
    admit(request, exchange, state);
    const answer = await exchange.answer();
    if (!READS.test(exchange.operation)) state.changed();
    return answer;
  } catch (error) {
    if (error instanceof AwsError) return exchange.fail(error);
    state.log(`The sandbox failed in ${exchange.operation}: ${error instanceof Error ? error.stack : String(error)}`);
    return exchange.fail(new AwsError('InternalServerError', 'Internal server error', 500));
  }
}

function faulty(exchange: Exchange, fault: Exclude<Fault, { kind: 'reset' }>): HttpAnswer {
  switch (fault.kind) {
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, chunks: [Buffer.from(HTML_PAGE)] };
    case 'throttle':
      return exchange.fail(throttled(exchange.operation));
    case 'error':
      return exchange.fail(new AwsError(fault.type, fault.message, fault.status));
  }
}

function throttled(operation: string): AwsError {
  return DATA_OPERATIONS.has(operation)
    ? new AwsError(
        'ProvisionedThroughputExceededException',
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      )
    : new AwsError('ThrottlingException', 'Rate exceeded');
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, chunks }: HttpAnswer, isLast: boolean): void {
  const length = chunks.reduce((bytes, chunk) => bytes + chunk.length, 0);
  response.writeHead(status, { ...headers, 'content-length': length, ...(isLast ? { connection: 'close' } : {}) });
  // A few large chunks go out as they are; many small ones are cheaper as one.
  if (chunks.length > MAX_SEPARATE_CHUNKS) {
    response.end(Buffer.concat(chunks));
    return;
  }
  response.cork();
  for (const chunk of chunks) response.write(chunk);
  response.end();
}
