import type { AwsError } from '../aws-error.js';

/** An HTTP answer, ready to be sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly Buffer[];
}

/** An HTTP request that has been read whole. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
  /** Aborted when the client goes away before it has its answer. */
  readonly gone: AbortSignal;
}

/** A request that a protocol has recognised: which operation it is, how it is answered, how it fails. */
export interface Exchange {
  /** The operation's name, e.g. `GetRecords`: what faults and the log go by. */
  readonly operation: string;
  /** The name that requests to the service are signed for, where the protocol alone tells it. */
  readonly service?: string;
  /** Set for an operation that is not there: it is answered as such, whoever asks. */
  readonly isUnknown?: true;
  answer(): HttpAnswer | Promise<HttpAnswer>;
  fail(error: AwsError): HttpAnswer;
}

/** The one value of a header. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** An answer of JSON text. */
export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    chunks: [Buffer.from(JSON.stringify(body))],
  };
}
