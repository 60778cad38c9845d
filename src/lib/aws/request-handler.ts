import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';
import { silentLogger } from './silent-logger.js';

type HttpHandler = Pick<
  NodeHttpHandler,
  'handle' | 'destroy' | 'metadata' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
>;
type Request = Parameters<NodeHttpHandler['handle']>[0];
type Answer = ReturnType<NodeHttpHandler['handle']>;

/** Time limits and connections of the HTTP client. */
export interface HttpLimits {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** A tail of many shards polls them side by side, so this is far above the SDK's 50. */
  readonly maxSockets: number;
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** Whether the environment names a proxy at all; if not, the proxy code is never loaded. */
export function wantsProxy(env: Readonly<Record<string, string | undefined>>): boolean {
  return PROXY_VARIABLES.some(name => env[name] !== undefined && env[name] !== '');
}

/** An HTTP handler without a proxy. */
export function directHandler(limits: HttpLimits): NodeHttpHandler {
  const agent = { keepAlive: true, maxSockets: limits.maxSockets };
  return new NodeHttpHandler({ ...timeouts(limits), httpAgent: agent, httpsAgent: agent });
}

/**
 * An HTTP handler that asks the environment (`HTTPS_PROXY`, `NO_PROXY`, ...) for each host it talks to.
 * A loopback address is never sent to a proxy: it would be the proxy's own.
 */
export async function proxyHandler(limits: HttpLimits): Promise<HttpHandler> {
  const [{ getProxyForUrl }, hpagent] = await Promise.all([import('proxy-from-env'), import('hpagent')]);
  const direct = directHandler(limits);
  const byProxy = new Map<string, NodeHttpHandler>();
  const handlerFor = (request: Request): NodeHttpHandler => {
    if (isLoopback(request.hostname)) return direct;
    const port = request.port === undefined ? '' : `:${request.port}`;
    const proxy = getProxyForUrl(`${request.protocol}//${request.hostname}${port}`);
    if (proxy === '') return direct;
    const known = byProxy.get(proxy);
    if (known !== undefined) return known;
    const agent = { proxy, keepAlive: true, maxSockets: limits.maxSockets };
    const made = new NodeHttpHandler({
      ...timeouts(limits),
      httpAgent: new hpagent.HttpProxyAgent(agent),
      httpsAgent: new hpagent.HttpsProxyAgent(agent),
    });
    byProxy.set(proxy, made);
    return made;
  };
  return {
    metadata: direct.metadata,
    handle: (request: Request, options?: HttpHandlerOptions): Answer => handlerFor(request).handle(request, options),
    destroy: () => {
      direct.destroy();
      for (const handler of byProxy.values()) handler.destroy();
    },
    updateHttpClientConfig: (key, value) => {
      direct.updateHttpClientConfig(key, value);
    },
    httpHandlerConfigs: () => direct.httpHandlerConfigs(),
  };
}

function timeouts(limits: HttpLimits) {
  return {
    connectionTimeout: limits.connectTimeoutMs,
    requestTimeout: limits.readTimeoutMs,
    throwOnRequestTimeout: true,
    socketTimeout: limits.readTimeoutMs,
    logger: silentLogger,
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
