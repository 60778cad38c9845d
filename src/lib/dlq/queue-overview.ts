import { isAwsError } from '../aws/aws-error.js';
import type { EventSourceMapping, MappingsGateway } from '../aws/mappings-gateway.js';
import { parseQueueArn } from '../aws/queue-ref.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import { functionNameOfArn, looksLikeRegion, parseStreamArn } from '../aws/arn.js';
import type { Clock } from '../model/clock.js';
import { peek } from './peek.js';
import { queueSource } from './queue-source.js';

/** A mapping that sends its failures somewhere. */
export interface FailingOver {
  readonly uuid: string;
  readonly tableName: string;
  readonly functionName: string;
  readonly state: string;
}

/** A destination of failures, with what is in it. */
export interface QueueOverview {
  readonly destinationArn: string;
  /** The queue's, the topic's or the bucket's name. */
  readonly name: string;
  readonly kind: 'queue' | 'topic' | 'bucket' | 'other';
  readonly mappings: readonly FailingOver[];
  /** Undefined for what has no depth, and what could not be asked. */
  readonly depth: number | undefined;
  /** In somebody's hands just now. */
  readonly inFlight: number | undefined;
  /** When the oldest message that was looked at was sent. */
  readonly oldestSentAtMs: number | undefined;
  readonly soonestExpiryMs: number | undefined;
  /** All messages were looked at, so that the two instants are exact. */
  readonly exact: boolean;
  /** Why something of it is not known. */
  readonly problem: string | undefined;
}

/** What an overview needs. */
export interface OverviewOptions {
  readonly mappings: MappingsGateway;
  readonly queues: (region: string) => Promise<QueuesGateway>;
  readonly tableName: string | undefined;
  readonly functionName: string | undefined;
  /** Messages of each queue to look at; 0: none, as each look counts as a receive. */
  readonly looks: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const LOOK_VISIBILITY_MS = 20_000;

/** Every failure destination of the mappings that fit, with its mappings. @throws AwsError when mappings cannot be listed */
export async function queueOverview(options: OverviewOptions): Promise<{
  readonly queues: readonly QueueOverview[];
  /** Mappings without a destination: what they give up is gone for good. */
  readonly without: readonly FailingOver[];
}> {
  const all = await options.mappings.list({}, options.signal);
  const byDestination = new Map<string, FailingOver[]>();
  const without: FailingOver[] = [];
  for (const mapping of all) {
    const found = failingOver(mapping);
    if (found === undefined || !fits(found, options)) continue;
    const { onFailure } = mapping.settings;
    if (onFailure === '') without.push(found);
    else byDestination.set(onFailure, [...(byDestination.get(onFailure) ?? []), found]);
  }
  const queues = await Promise.all(
    [...byDestination].map(([destinationArn, mappings]) => overviewOf(destinationArn, mappings, options)),
  );
  return { queues: queues.sort(bySoonest), without };
}

function failingOver({ uuid, eventSourceArn, functionArn, state }: EventSourceMapping): FailingOver | undefined {
  const tableName = parseStreamArn(eventSourceArn ?? '')?.tableName;
  return tableName === undefined ? undefined : { uuid, tableName, functionName: functionNameOfArn(functionArn), state };
}

function fits({ tableName, functionName }: FailingOver, wanted: OverviewOptions): boolean {
  if (wanted.tableName !== undefined && wanted.tableName !== tableName) return false;
  const plain = functionName.split(':')[0];
  return wanted.functionName === undefined || [functionName, plain].includes(wanted.functionName);
}

async function overviewOf(
  destinationArn: string,
  mappings: readonly FailingOver[],
  options: OverviewOptions,
): Promise<QueueOverview> {
  const nothing = {
    destinationArn,
    mappings,
    depth: undefined,
    inFlight: undefined,
    oldestSentAtMs: undefined,
    soonestExpiryMs: undefined,
    exact: false,
  };
  const queue = parseQueueArn(destinationArn);
  if (queue === undefined) return { ...nothing, ...otherDestination(destinationArn), problem: undefined };
  const { queueName, account } = queue;
  const named = { ...nothing, name: queueName, kind: 'queue' as const };
  try {
    const region = looksLikeRegion(queue.region) ? queue.region : options.mappings.region;
    const gateway = await options.queues(region);
    const queueUrl = await gateway.queueUrl(queueName, account, options.signal);
    const attributes = await gateway.attributes(queueUrl, options.signal);
    const depth = Number(attributes['ApproximateNumberOfMessages'] ?? 0);
    const inFlight = Number(attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0);
    const counted = { ...named, depth, inFlight, problem: undefined };
    // Looks count as receives, and a queue with a dead-letter queue of its own would move what is looked at too often.
    if (depth === 0 || options.looks === 0 || attributes['RedrivePolicy'] !== undefined) {
      return { ...counted, exact: depth === 0 && inFlight === 0 };
    }
    return { ...counted, ...(await look(gateway, queueName, queueUrl, inFlight, options)) };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!isAwsError(error)) throw error;
    const problem = error.kind === 'not-found' ? 'there is no such queue' : `${error.code}: ${error.message}`;
    return { ...named, problem };
  }
}

async function look(
  gateway: QueuesGateway,
  queueName: string,
  queueUrl: string,
  inFlight: number,
  { looks, clock, signal }: OverviewOptions,
): Promise<Pick<QueueOverview, 'oldestSentAtMs' | 'soonestExpiryMs' | 'exact'>> {
  const source = queueSource(gateway, { queueName, queueUrl }, LOOK_VISIBILITY_MS);
  const { batches, complete } = await peek({ source, maxMessages: looks, clock, signal });
  const sent = batches.flatMap(batch => batch.sentAtMs ?? []);
  return {
    oldestSentAtMs: sent.length === 0 ? undefined : Math.min(...sent),
    soonestExpiryMs: batches[0]?.expiry?.firstAtMs,
    exact: complete && inFlight === 0,
  };
}

function otherDestination(arn: string): Pick<QueueOverview, 'name' | 'kind'> {
  const [, , service, , , ...rest] = arn.split(':');
  const name = rest.join(':');
  if (service === 'sns') return { name, kind: 'topic' };
  return service === 's3' ? { name, kind: 'bucket' } : { name: arn, kind: 'other' };
}

function bySoonest(a: QueueOverview, b: QueueOverview): number {
  const atMs = ({ soonestExpiryMs }: QueueOverview): number => soonestExpiryMs ?? Number.MAX_VALUE;
  return atMs(a) - atMs(b) || (a.name < b.name ? -1 : 1);
}
