import type { DeserializeMiddleware, MiddlewareStack } from '@smithy/types';
import type { Clock } from '../model/clock.js';

/** A difference of less than this is the rounding of the Date header and the way of the answer. */
const INSIGNIFICANT_MS = 2_000;

/** A client of any service, as far as its answers can be looked at. */
interface ObservedClient<Input extends object, Output extends object> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, 'add'>;
}

/**
 * Follows how far the endpoint's clock is ahead of ours, by the Date header of its answers. A laptop whose clock is
 * off would otherwise show wrong lags, and end a read too early.
 */
export function observeServerClock<Input extends object, Output extends object>(
  clients: readonly ObservedClient<Input, Output>[],
  clock: Clock,
): { readonly ms: number } {
  const skew = { ms: 0 };
  const readDate: DeserializeMiddleware<Input, Output> = next => async args => {
    const result = await next(args);
    const dateMs = Date.parse(dateHeader(result.response) ?? '');
    if (Number.isFinite(dateMs)) {
      const ahead = dateMs - clock.now();
      skew.ms = Math.abs(ahead) < INSIGNIFICANT_MS ? 0 : ahead;
    }
    return result;
  };
  for (const client of clients) {
    client.middlewareStack.add(readDate, { step: 'deserialize', name: 'readServerDate', override: true });
  }
  return skew;
}

function dateHeader(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined;
  return typeof headers.date === 'string' ? headers.date : undefined;
}
