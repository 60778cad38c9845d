import type { RegionTable } from '../aws/region-table.js';
import { pause, lookDelayMs } from '../streams/wait-for-table.js';
import { isGroupActive, unusable } from './add-plan.js';
import { requireGlobal } from './global-table.js';
import { lookAt, type ReplicaProgress, type ReplicaWait } from './wait-for-replica.js';

/**
 * Waits until the table and every replica and witness that it lists are ACTIVE, whoever began the change.
 * @throws DdbxError `not-global` when it rests and has no replica; `replica-failed` or `replica-unusable`; `timeout`
 */
export async function* waitForAll(
  tableName: string,
  wait: ReplicaWait,
): AsyncGenerator<ReplicaProgress, RegionTable, void> {
  for (let looks = 1; ; looks += 1) {
    const home = await lookAt(tableName, wait);
    if (home?.status === 'ACTIVE') {
      requireGlobal(home);
      if (isGroupActive(home)) return home;
    }
    for (const { region, status = 'UNKNOWN', percent, statusDescription } of home?.replicas ?? []) {
      if (!PASSING.has(status)) throw unusable(tableName, region, status, statusDescription);
      if (status !== 'ACTIVE') yield { type: 'progress', region, status, percent };
    }
    const what = `${tableName} and its replicas to be ACTIVE`;
    await pause(lookDelayMs(looks), { ...wait, what }, `the table is ${home?.status ?? 'not known'}`);
  }
}

/** States out of which a replica comes by itself. */
const PASSING: ReadonlySet<string> = new Set(['ACTIVE', 'CREATING', 'UPDATING', 'DELETING', 'UNKNOWN']);
