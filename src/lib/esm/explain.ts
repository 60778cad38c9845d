import type { MappingSettings } from '../aws/mapping-settings.js';
import { formatDuration } from '../model/duration.js';
import { destinationName } from './destination.js';
import { UNLIMITED } from './setting-values.js';

/** One thing to know about a record that fails. */
export interface ExplainedPoint {
  readonly topic: 'attempts' | 'splits' | 'partial failures' | 'age' | 'blocks' | 'ends' | 'windows';
  readonly text: string;
}

/** What happens to a record that always fails, counted and in words. */
export interface Explanation {
  /** How often one batch is invoked with at most; undefined for without end. */
  readonly attempts: number | undefined;
  /** How often a full batch is halved until the record is alone. */
  readonly splits: number;
  /** All invocations that fail because of one bad record in a full batch; undefined for without end. */
  readonly failingInvocations: number | undefined;
  /** The age at which the record is given up, or dropped by the stream. */
  readonly latestAgeMs: number;
  /** How long the invocations take when each runs into the function's timeout; undefined where that is not known, or without end. */
  readonly invocationsMs: number | undefined;
  /** The longest that the record can hold up what is behind it. */
  readonly worstBlockMs: number;
  readonly points: readonly ExplainedPoint[];
}

/** A stream keeps a record for 24 hours (FACTS A.2). */
const RETENTION_MS = 86_400_000;

/**
 * Explains what the settings do to a record that always fails (FACTS B.4).
 * @param timeoutMs the function's timeout, where it is known
 */
export function explainSettings(settings: MappingSettings, timeoutMs: number | undefined): Explanation {
  const { maximumRetryAttempts: retries, maximumRecordAgeSeconds: age, batchSize } = settings;
  const attempts = retries === UNLIMITED ? undefined : 1 + retries;
  const splits = settings.bisectBatchOnFunctionError ? Math.ceil(Math.log2(batchSize)) : 0;
  const failingInvocations = attempts === undefined ? undefined : attempts + splits;
  const latestAgeMs = age === UNLIMITED ? RETENTION_MS : Math.min(age * 1000, RETENTION_MS);
  const invocationsMs =
    failingInvocations === undefined || timeoutMs === undefined ? undefined : failingInvocations * timeoutMs;
  const counted = { attempts, splits, failingInvocations, latestAgeMs, invocationsMs, worstBlockMs: latestAgeMs };
  const points: readonly ExplainedPoint[] = [
    { topic: 'attempts', text: attemptsText(retries) },
    { topic: 'splits', text: splitsText(settings, splits, attempts) },
    { topic: 'partial failures', text: partialText(settings) },
    { topic: 'age', text: ageText(age) },
    { topic: 'blocks', text: blocksText(settings, counted, timeoutMs) },
    { topic: 'ends', text: endsText(settings) },
    ...(settings.tumblingWindowSeconds === 0 ? [] : [windowPoint(settings)]),
  ];
  return { ...counted, points };
}

function attemptsText(retries: number): string {
  const limits = 'Throttles and failures of Lambda itself do not count as retries.';
  if (retries === UNLIMITED) return `A batch that fails is tried again without end. ${limits}`;
  if (retries === 0) return `A batch is tried once and never again. ${limits}`;
  return `A batch is tried up to ${1 + retries} times: 1 + ${retries} ${retries === 1 ? 'retry' : 'retries'}. ${limits}`;
}

function splitsText(
  { bisectBatchOnFunctionError, batchSize }: MappingSettings,
  splits: number,
  attempts: number | undefined,
): string {
  if (!bisectBatchOnFunctionError) {
    return batchSize === 1
      ? 'A batch is one record, so nothing else is tried with it.'
      : `The batch is not halved: the up to ${batchSize - 1} records beside the bad one are tried again with it, and given up with it.`;
  }
  if (splits === 0) return 'A batch is one record, so there is nothing to halve.';
  const alone = `A batch that fails is halved, which uses up no retry: ${batchSize} records take ${splits} ${splits === 1 ? 'halving' : 'halvings'} until the bad one is alone.`;
  if (attempts === undefined) return alone;
  return `${alone} ${splits} + ${attempts} = ${splits + attempts} invocations fail because of it; the good records pass.`;
}

function partialText({ reportBatchItemFailures, bisectBatchOnFunctionError }: MappingSettings): string {
  if (!reportBatchItemFailures) {
    return 'Off: what the function returns is not looked at, only whether it throws or runs out of time.';
  }
  const split = bisectBatchOnFunctionError ? ' The batch is split there instead of in the middle.' : '';
  return `On: the function names the records that failed in batchItemFailures; everything from the lowest sequence number on is tried again, what is before it is done.${split} An answer that names a record which is not in the batch fails all of it.`;
}

function ageText(age: number): string {
  if (age === UNLIMITED) return 'A record is tried for as long as the stream keeps it: 24 hours from its write.';
  const given = formatDuration(age * 1000);
  return age * 1000 > RETENTION_MS
    ? `A record may become ${given} old, but the stream drops it after 24 hours.`
    : `A record that is ${given} old is given up, however many retries are left.`;
}

function blocksText(
  { parallelizationFactor: lanes }: MappingSettings,
  counted: Omit<Explanation, 'points'>,
  timeoutMs: number | undefined,
): string {
  const held =
    lanes === 1
      ? 'Its shard waits for it.'
      : `A shard has ${lanes} lanes, by item: the lane of this item waits, the other ${lanes - 1} go on.`;
  const worst = `At worst it is held up for ${formatDuration(counted.worstBlockMs)}`;
  const { failingInvocations, invocationsMs } = counted;
  if (failingInvocations === undefined) return `${held} ${worst}: nothing ends the retries sooner.`;
  if (invocationsMs === undefined || timeoutMs === undefined) {
    return `${held} ${worst}, the record age; ${failingInvocations} failing invocations and Lambda's pauses between them mostly end it sooner.`;
  }
  const arithmetic = `${failingInvocations} failing invocations x ${formatDuration(timeoutMs)} timeout = ${formatDuration(invocationsMs)} at most, and Lambda's pauses between them, which AWS does not publish`;
  return `${held} ${arithmetic}. ${worst}, the record age.`;
}

function endsText({ onFailure }: MappingSettings): string {
  if (onFailure === '') {
    return 'There is no failure destination: what is given up disappears without a trace, and the shard goes on.';
  }
  const name = destinationName(onFailure);
  if (onFailure.includes(':s3:')) {
    return `A note of it goes to the bucket ${name}, with the records as payload; then the shard goes on.`;
  }
  const kind = onFailure.includes(':sns:') ? 'topic' : 'queue';
  return `A note of it goes to the ${kind} ${name}; then the shard goes on. The note holds no records, only where in the stream they are, so it must be drained within 24 hours of their write (ddbx dlq drain).`;
}

function windowPoint({ tumblingWindowSeconds }: MappingSettings): ExplainedPoint {
  return {
    topic: 'windows',
    text: `Invocations belong to windows of ${formatDuration(tumblingWindowSeconds * 1000)} and hand their state on. A batch that is given up is missing in the state of its window.`,
  };
}
