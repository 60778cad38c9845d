import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.js';
import { crc32 } from '../http/crc32.js';
import { type HttpRequest, headerOf } from '../http/http-answer.js';

/** What a request carries: its bytes, and the checksums that came with them in headers or behind them. */
export interface RequestBody {
  readonly bytes: Buffer;
  /** By the header's name. */
  readonly checksums: Readonly<Record<string, string>>;
}

const CHECKSUM_HEADER = /^x-amz-checksum-(?:crc32|crc32c|crc64nvme|sha1|sha256)$/;

/** The checksums that can be computed here; CRC-32C and CRC-64/NVME are kept and given back, not checked. */
const CHECKS: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ['x-amz-checksum-crc32', crc32Bytes],
  ['x-amz-checksum-sha1', bytes => createHash('sha1').update(bytes).digest()],
  ['x-amz-checksum-sha256', bytes => createHash('sha256').update(bytes).digest()],
]);

/** Reads the body of an upload: SDKs send it in chunks of their own with the checksum behind; refuses what was garbled. */
export function readRequestBody(request: HttpRequest): RequestBody {
  const isChunked = headerOf(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') === true;
  const { bytes, trailers } = isChunked ? decodeChunks(request.body) : { bytes: request.body, trailers: [] };
  const headers = Object.keys(request.headers).map(name => [name, headerOf(request, name) ?? ''] as const);
  const checksums = Object.fromEntries([...headers, ...trailers].filter(([name]) => CHECKSUM_HEADER.test(name)));
  for (const [name, given] of Object.entries(checksums)) {
    if (CHECKS.get(name)?.(bytes).toString('base64') === given || !CHECKS.has(name)) continue;
    const algorithm = name.slice('x-amz-checksum-'.length).toUpperCase();
    throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  const md5 = headerOf(request, 'content-md5');
  if (md5 !== undefined && createHash('md5').update(bytes).digest('base64') !== md5) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return { bytes, checksums };
}

/** The aws-chunked encoding: each chunk behind its length in hexadecimal, then headers as trailers. */
function decodeChunks(body: Buffer): {
  readonly bytes: Buffer;
  readonly trailers: readonly (readonly [string, string])[];
} {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.toString('latin1', at, lineEnd).split(';')[0] ?? '', 16);
    if (lineEnd < 0 || Number.isNaN(length)) throw incomplete();
    at = lineEnd + 2;
    if (length === 0) break;
    if (at + length > body.length) throw incomplete();
    chunks.push(body.subarray(at, at + length));
    at += length + 2;
  }
  const trailers = body
    .toString('latin1', at)
    .split('\r\n')
    .filter(line => line.includes(':'))
    .map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  return { bytes: Buffer.concat(chunks), trailers };
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly');
}

function crc32Bytes(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32([bytes]));
  return sum;
}
