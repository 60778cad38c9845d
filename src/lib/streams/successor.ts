import { isAwsError } from '../aws/aws-error.js';
import type { TablesGateway } from '../aws/tables-gateway.js';
import type { Clock } from '../model/clock.js';
import type { StreamRef } from './read-events.js';

const LOOK_EVERY_MS = 1_000;
/** A change of view type takes some ten seconds between the end of the old stream and the new one (FACTS A.4). */
const PATIENCE_MS = 60_000;

/**
 * Waits for the stream that takes the place of one that ended, as when its view type is changed.
 * @returns undefined when the table is gone, or gets no new stream within a minute
 */
export async function waitForSuccessor(
  tables: TablesGateway,
  ended: StreamRef,
  clock: Clock,
  signal: AbortSignal,
): Promise<StreamRef | undefined> {
  const giveUpAtMs = clock.now() + PATIENCE_MS;
  for (;;) {
    try {
      const table = await tables.describeTable(ended.tableName, signal);
      const arn = table.latestStreamArn;
      if (arn !== undefined && arn !== ended.streamArn && table.streamViewType !== undefined) {
        return { streamArn: arn, tableName: table.tableName, region: ended.region };
      }
    } catch (error) {
      if (!isAwsError(error, 'throttled', 'service', 'network')) return undefined;
    }
    if (clock.now() >= giveUpAtMs) return undefined;
    try {
      await clock.sleep(LOOK_EVERY_MS, signal);
    } catch {
      return undefined;
    }
  }
}
