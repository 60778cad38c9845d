import { HttpRequest } from '@smithy/core/protocols';
import { text as textOf } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { DdbxError } from '../model/error.js';
import { directHandler, proxyHandler, wantsProxy } from './request-handler.js';

/** Reads public files of AWS's price list: no credentials, no signature (FACTS E.2). */
export interface PriceListGateway {
  /** @throws DdbxError `price-list-unreachable` */
  read(url: URL, signal: AbortSignal): Promise<string>;
  close(): void;
}

const LIMITS = { connectTimeoutMs: 5_000, readTimeoutMs: 60_000, maxSockets: 8 } as const;

/** The gateway over HTTP, through the proxy that the environment names. */
export async function httpPriceListGateway(
  env: Readonly<Record<string, string | undefined>>,
): Promise<PriceListGateway> {
  const handler = wantsProxy(env) ? await proxyHandler(LIMITS) : directHandler(LIMITS);
  return {
    async read(url, signal) {
      const request = new HttpRequest({
        method: 'GET',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { host: url.host, accept: 'application/json, text/csv' },
      });
      try {
        const { response } = await handler.handle(request, { abortSignal: signal });
        const body: unknown = response.body;
        const text = body instanceof Readable ? await textOf(body) : '';
        if (response.statusCode !== 200) throw unreachable(url, `it answered ${response.statusCode}`);
        return text;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DdbxError) throw error;
        throw unreachable(url, error instanceof Error ? error.message : String(error), error);
      }
    },
    close: () => {
      handler.destroy();
    },
  };
}

function unreachable(url: URL, why: string, cause?: unknown): DdbxError {
  return new DdbxError({
    code: 'price-list-unreachable',
    message: `${url.href} cannot be read: ${why}.`,
    hint: 'Check the network and HTTPS_PROXY. --from <file|folder|url> reads the same files from somewhere else.',
    cause,
  });
}
