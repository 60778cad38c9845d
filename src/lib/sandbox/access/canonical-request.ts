import { createHash } from 'node:crypto';
import { type HttpRequest, headerOf } from '../http/http-answer.js';
import type { Signature } from './signature.js';

/** The text of a request that Signature Version 4 signs. */
export function canonicalRequest(request: HttpRequest, signature: Signature): string {
  const headers = signature.signedHeaders.map(name => `${name}:${canonicalHeader(request, name)}\n`);
  return [
    request.method,
    canonicalPath(request.url.pathname, signature.service),
    canonicalQuery(request.url.search),
    headers.join(''),
    signature.signedHeaders.join(';'),
    payloadHash(request, signature),
  ].join('\n');
}

function canonicalHeader({ headers }: HttpRequest, name: string): string {
  const value = headers[name];
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return text.trim().replace(/ +/g, ' ');
}

/** S3 signs the path as it is sent; everything else encodes it once more. */
function canonicalPath(path: string, service: string): string {
  return service === 's3' ? path : path.split('/').map(encode).join('/');
}

function canonicalQuery(search: string): string {
  return search
    .slice(1)
    .split('&')
    .filter(pair => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return `${encode(decode(name))}=${encode(decode(value.join('=')))}`;
    })
    .sort()
    .join('&');
}

/** What stands for the body: what the client says of it where it says so and it is true, else the body's own hash. */
function payloadHash(request: HttpRequest, { validMs, service }: Signature): string {
  const said = headerOf(request, 'x-amz-content-sha256');
  const isHash = said !== undefined && /^[0-9a-f]{64}$/.test(said);
  if (said !== undefined && !isHash) return said;
  if (said === undefined && validMs !== undefined && service === 's3') return 'UNSIGNED-PAYLOAD';
  return createHash('sha256').update(request.body).digest('hex');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
