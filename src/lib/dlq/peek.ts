import type { Clock } from '../model/clock.js';
import { compareSequenceNumbers } from '../model/sequence-number.js';
import { decodeFailure } from './decode.js';
import { type Expiry, expiryOf } from './expiry.js';
import type { StreamBatchMessage } from './failure-message.js';
import type { FailureSource, TakenMessage } from './failure-source.js';

/** A batch that waits in a queue. */
export interface WaitingBatch {
  readonly messageId: string;
  readonly message: StreamBatchMessage;
  readonly sentAtMs: number | undefined;
  /** How often it was received, this look among it. */
  readonly receiveCount: number | undefined;
  readonly expiry: Expiry | undefined;
}

/** What a look into a queue showed. */
export interface PeekResult {
  /** Soonest to be forgotten first; what tells no time last. */
  readonly batches: readonly WaitingBatch[];
  /** Messages that are no failure of a DynamoDB stream, by what they are. */
  readonly foreign: { readonly kinesis: number; readonly other: number };
  /** The look ended because nothing more came, not because enough was seen. */
  readonly complete: boolean;
}

/** What a look needs. */
export interface PeekOptions {
  readonly source: FailureSource;
  readonly maxMessages: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSeen?: ((messages: number) => void) | undefined;
}

const POLL_MS = 1_000;
/** What was seen first must not become visible, and be seen again, before the look is over. */
const PART_OF_VISIBILITY = 0.7;
const RELEASE_MS = 10_000;

/**
 * Looks at what is in a queue and gives it back at once. SQS knows no looking: each message counts as received.
 * @throws AwsError
 */
export async function peek(options: PeekOptions): Promise<PeekResult> {
  const { source, maxMessages, clock, signal, onSeen } = options;
  const endMs = clock.now() + (source.visibilityMs ?? Number.POSITIVE_INFINITY) * PART_OF_VISIBILITY;
  const seen = new Map<string, TakenMessage>();
  const never = new AbortController().signal;
  let complete = false;
  try {
    while (seen.size < maxMessages && clock.now() < endMs) {
      // A poll that is cut short may go on at SQS, and hide what has just been given back.
      const messages = await source.take(maxMessages - seen.size, POLL_MS, never);
      if (messages === undefined || messages.length === 0) {
        complete = true;
        break;
      }
      for (const message of messages) seen.set(message.id, message);
      signal.throwIfAborted();
      onSeen?.(seen.size);
    }
  } finally {
    await giveBack([...seen.values()], source, clock);
  }
  return { ...sorted([...seen.values()]), complete };
}

/** Also when the look was interrupted; what cannot be given back becomes visible by itself. */
async function giveBack(messages: readonly TakenMessage[], source: FailureSource, clock: Clock): Promise<void> {
  if (messages.length === 0) return;
  const late = new AbortController();
  const done = new AbortController();
  void clock.sleep(RELEASE_MS, done.signal).then(
    () => {
      late.abort();
    },
    () => {},
  );
  await source.release(messages, late.signal).catch(() => {});
  done.abort();
}

function sorted(messages: readonly TakenMessage[]): Pick<PeekResult, 'batches' | 'foreign'> {
  const batches: WaitingBatch[] = [];
  let kinesis = 0;
  let other = 0;
  for (const { id, body, sentAtMs, receiveCount } of messages) {
    const message = decodeFailure(body);
    if (message.kind === 'kinesis-batch') kinesis += 1;
    else if (message.kind === 'foreign') other += 1;
    else {
      const expiry = expiryOf(message.batch, message.failure);
      batches.push({ messageId: id, message, sentAtMs, receiveCount, expiry });
    }
  }
  const atMs = (batch: WaitingBatch): number => batch.expiry?.firstAtMs ?? Number.MAX_VALUE;
  batches.sort(
    (a, b) =>
      atMs(a) - atMs(b) ||
      a.message.batch.shardId.localeCompare(b.message.batch.shardId, 'en') ||
      compareSequenceNumbers(a.message.batch.startSequenceNumber, b.message.batch.startSequenceNumber),
  );
  return { batches, foreign: { kinesis, other } };
}
