import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { Aws } from '../aws/connection.js';
import { lookDelayMs, pause } from '../streams/wait-for-table.js';
import { lookAt, type ReplicaProgress, type ReplicaWait } from './wait-for-replica.js';

/**
 * Waits until the replicas are not listed any more, and their tables are gone: only then can a Region be added again,
 * up to half a minute after the entry went (FACTS D.2).
 * @throws DdbxError `timeout`
 */
export async function* waitUntilGone(
  tableName: string,
  regions: readonly string[],
  wait: ReplicaWait & { readonly aws: Pick<Aws, 'replicas'> },
): AsyncGenerator<ReplicaProgress | { readonly type: 'gone'; readonly region: string }, void, void> {
  const left = new Set(regions);
  for (let looks = 1; ; looks += 1) {
    const home = await lookAt(tableName, wait);
    for (const region of left) {
      const part = [...(home?.replicas ?? []), ...(home?.witnesses ?? [])].find(each => each.region === region);
      if (home !== undefined && part === undefined && (await isTableGone(tableName, region, wait))) {
        left.delete(region);
        yield { type: 'gone', region };
      } else {
        yield { type: 'progress', region, status: part?.status ?? 'DELETING', percent: undefined };
      }
    }
    if (left.size === 0) return;
    const what = `the replica of ${tableName} in ${[...left].join(', ')} to be gone`;
    await pause(
      lookDelayMs(looks),
      { ...wait, what },
      `the table in ${wait.replicas.region} is ${home?.status ?? 'not known'}`,
    );
  }
}

/** A witness has no table, so it is gone with its entry. */
async function isTableGone(
  tableName: string,
  region: string,
  { aws, signal }: ReplicaWait & { readonly aws: Pick<Aws, 'replicas'> },
): Promise<boolean> {
  try {
    await (await aws.replicas(region)).describe(tableName, signal);
    return false;
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error, 'not-found')) return true;
    if (isTransient(error)) return false;
    throw error;
  }
}
