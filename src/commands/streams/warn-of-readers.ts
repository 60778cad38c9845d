import type { CommandContext } from '../../context.js';
import { findConsumers } from '../../lib/streams/consumers.js';
import type { TailSource } from '../../lib/streams/tail.js';
import { plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';

/** A source of a tail, and whether replication reads its stream too. */
export interface WatchedSource extends TailSource {
  readonly isReplica: boolean;
  /** Undefined when the stream was named by its ARN. */
  readonly viewType: string | undefined;
}

/**
 * Warns when this tail becomes one reader too many: two read a shard well, one when the table is global, since
 * replication is the other (FACTS A.1). What cannot be counted is said with --verbose only: the tail goes on.
 */
export async function warnOfReaders(
  sources: readonly WatchedSource[],
  context: CommandContext,
  output: Output,
): Promise<void> {
  const aws = await context.aws();
  for (const { stream, isReplica } of sources) {
    const { streamArn, tableName, region } = stream;
    const gateway = await aws.consumers(region);
    const { consumers, unknown } = await findConsumers(gateway, { streamArn }, context.clock, context.signal);
    for (const { kind, reason } of unknown) {
      output.detail(`${tableName} (${region}): its ${kind}s could not be counted (${reason}).`);
    }
    const active = consumers.filter(({ state }) => !/^(disabled|stopped)$/i.test(state));
    const recommended = isReplica ? 1 : 2;
    if (active.length < recommended) continue;
    const limit = isReplica
      ? 'a shard of a global table serves one reader beside replication'
      : 'a shard serves two readers';
    const names = active.map(consumer => consumer.name).join(', ');
    output.aside({
      level: 'warning',
      text: `${tableName} (${region}) has ${plural(active.length, 'consumer')} already (${names}); ${limit}, more may be throttled. --poll-interval 5s makes this one lighter.`,
      event: Object.assign(
        { type: 'too-many-readers' },
        { table: tableName, region, consumers: active, recommendedReaders: recommended },
      ),
    });
  }
}
