import { isAwsError } from '../aws/aws-error.js';
import type { ConsumersGateway, StreamConsumer } from '../aws/consumers-gateway.js';
import type { Clock } from '../model/clock.js';

/** Who reads a stream, as far as it can be found out. */
export interface ConsumerLookup {
  readonly consumers: readonly StreamConsumer[];
  /** The kinds that could not be listed, and why: without them the list is not the whole truth. */
  readonly unknown: readonly { readonly kind: StreamConsumer['kind']; readonly reason: string }[];
}

/** Knowing the consumers is worth this long a wait where Lambda or Pipes cannot be reached, e.g. from a private network. */
const PATIENCE_MS = 5_000;

/** What one lookup asks for: one stream, or all streams whose ARN begins so. */
export type ConsumerScope = { readonly streamArn: string } | { readonly arnPrefix: string };

/**
 * Finds the event source mappings and pipes that read streams. Nothing fails by it: what is denied, or unknown to the
 * endpoint, or silent, is named in `unknown`.
 */
export async function findConsumers(
  gateway: ConsumersGateway,
  scope: ConsumerScope,
  clock: Clock,
  signal: AbortSignal,
): Promise<ConsumerLookup> {
  const streamArn = 'streamArn' in scope ? scope.streamArn : undefined;
  const prefix = 'streamArn' in scope ? scope.streamArn : scope.arnPrefix;
  const lookups = await Promise.all([
    attempt('event-source-mapping', clock, signal, patient => gateway.listMappings(streamArn, patient)),
    attempt('pipe', clock, signal, patient => gateway.listPipes(prefix, patient)),
  ]);
  signal.throwIfAborted();
  return {
    // Endpoints differ in how well they filter, so it is done here again.
    consumers: lookups.flatMap(lookup => lookup.consumers).filter(consumer => consumer.streamArn.startsWith(prefix)),
    unknown: lookups.flatMap(lookup => lookup.unknown),
  };
}

/** The part of a lookup that concerns one stream. */
export function consumersOf(lookup: ConsumerLookup, streamArn: string): ConsumerLookup {
  return { ...lookup, consumers: lookup.consumers.filter(consumer => consumer.streamArn === streamArn) };
}

async function attempt(
  kind: StreamConsumer['kind'],
  clock: Clock,
  signal: AbortSignal,
  list: (signal: AbortSignal) => Promise<readonly StreamConsumer[]>,
): Promise<ConsumerLookup> {
  const finished = new AbortController();
  const tooLate = new AbortController();
  const unknown = (reason: string): ConsumerLookup => ({ consumers: [], unknown: [{ kind, reason }] });
  const listing = list(AbortSignal.any([signal, tooLate.signal])).then(
    consumers => ({ consumers, unknown: [] }),
    (error: unknown) => unknown(reasonOf(error)),
  );
  const timer = clock.sleep(PATIENCE_MS, AbortSignal.any([signal, finished.signal])).then(
    () => unknown(`no answer within ${PATIENCE_MS / 1_000} seconds`),
    () => listing,
  );
  try {
    return await Promise.race([listing, timer]);
  } finally {
    finished.abort();
    tooLate.abort();
  }
}

function reasonOf(error: unknown): string {
  if (isAwsError(error)) return `${error.operation}: ${error.code}`;
  return error instanceof Error ? error.message : String(error);
}
