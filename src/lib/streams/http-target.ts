import type { IncomingMessage } from 'node:http';
import { DdbxError } from '../model/error.js';
import { maxPayloadBytes } from './replay-batches.js';
import type { ReplayTarget, TargetAnswer } from './replay-targets.js';

/** Something that takes the event as the body of a POST; 2xx is an answer, all else a failed batch. */
export function httpTarget(url: URL): ReplayTarget {
  return {
    name: url.href,
    open: async () => {},
    async invoke(event, signal) {
      try {
        const response = await post(url, event, signal);
        return answerOf(response, await bodyOf(response));
      } catch (error) {
        signal.throwIfAborted();
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        const message = error instanceof Error && error.message !== '' ? error.message : code;
        if (NOBODY_THERE.has(code)) throw unreachable(url, code, error);
        return { kind: 'failed', status: undefined, errorType: undefined, message };
      }
    },
    close: async () => {},
  };
}

/** Whether what is sent to the URL stays on this machine. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

const NOBODY_THERE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** fetch() would refuse some ports that developers use, and goes after redirects by rules of browsers. */
async function post(url: URL, event: Buffer, signal: AbortSignal): Promise<IncomingMessage> {
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const headers = { 'content-type': 'application/json', 'content-length': event.length };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers, signal }, resolve).on('error', reject).end(event);
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    // Lambda takes no larger answer either.
    if (length > maxPayloadBytes) throw new Error('the answer has more than 6 MB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answerOf({ statusCode = 0, statusMessage = '' }: IncomingMessage, body: string): TargetAnswer {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'answered', status: statusCode, body };
  const message = body.trim() === '' ? `HTTP ${statusCode} ${statusMessage}`.trim() : body.trim();
  return { kind: 'failed', status: statusCode, errorType: undefined, message };
}

function unreachable(url: URL, code: string, cause: unknown): DdbxError {
  return new DdbxError({
    code: 'target-unreachable',
    message: `Nobody answers at ${url.origin} (${code}).`,
    hint: 'Start what listens there, or correct --to; then run the command again.',
    cause,
  });
}
