import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type HttpRequest, headerOf } from '../http/http-answer.js';
import { canonicalRequest } from './canonical-request.js';

/** What a request says of who signed it, and how: Signature Version 4, in a header or in the query. */
export interface Signature {
  readonly accessKeyId: string;
  /** The date, Region, service and terminator that the key was derived for. */
  readonly scope: readonly string[];
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** Lower-case hexadecimal digits. */
  readonly digest: string;
  /** As `20261120T101112Z`. */
  readonly signedAt: string;
  /** How long a presigned URL is valid, in milliseconds; `undefined` for a header. */
  readonly validMs: number | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The signature of a request; `undefined` when there is none, `'incomplete'` when something of it is missing. */
export function signatureOf(request: HttpRequest): Signature | 'incomplete' | undefined {
  const query = request.url.searchParams;
  const presigned = query.get('X-Amz-Algorithm') !== null;
  const header = headerOf(request, 'authorization');
  if (!presigned && header === undefined) return undefined;
  const fields = presigned ? queryFields(query) : headerFields(header ?? '');
  const credential = fields.get('Credential')?.split('/') ?? [];
  const [accessKeyId = '', ...scope] = credential;
  const digest = fields.get('Signature');
  const signedHeaders = fields.get('SignedHeaders');
  const signedAt = presigned ? query.get('X-Amz-Date') : headerOf(request, 'x-amz-date');
  if (scope.length !== 4 || digest === undefined || signedHeaders === undefined || !signedAt) return 'incomplete';
  if (!/^\d{8}T\d{6}Z$/.test(signedAt)) return 'incomplete';
  return {
    accessKeyId,
    scope,
    service: scope[2] ?? '',
    signedHeaders: signedHeaders.split(';'),
    digest,
    signedAt,
    validMs: presigned ? Number(query.get('X-Amz-Expires') ?? Number.NaN) * 1000 : undefined,
  };
}

function headerFields(header: string): ReadonlyMap<string, string> {
  if (!header.startsWith(`${ALGORITHM} `)) return new Map();
  const pairs = header.slice(ALGORITHM.length + 1).split(',');
  return new Map(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function queryFields(query: URLSearchParams): ReadonlyMap<string, string> {
  const names = ['Credential', 'SignedHeaders', 'Signature'];
  return new Map(
    names.flatMap(name => {
      const value = query.get(`X-Amz-${name}`);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** Whether a request was signed with `secret`, and is what was signed. */
export function isSignedWith(request: HttpRequest, signature: Signature, secret: string): boolean {
  const { scope, signedAt, digest } = signature;
  const hash = createHash('sha256').update(canonicalRequest(request, signature)).digest('hex');
  const text = [ALGORITHM, signedAt, scope.join('/'), hash].join('\n');
  const key = scope.reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${secret}`);
  const expected = hmac(key, text).toString('hex');
  return expected.length === digest.length && timingSafeEqual(Buffer.from(expected), Buffer.from(digest));
}

/** When a request was signed, in milliseconds since the epoch. */
export function signedAtMs({ signedAt }: Signature): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt)?.map(Number) ?? [];
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
