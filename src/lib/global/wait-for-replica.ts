import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { OtherReplica, RegionTable } from '../aws/region-table.js';
import type { ReplicasGateway } from '../aws/replicas-gateway.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
import { type Deadline, lookDelayMs, pause } from '../streams/wait-for-table.js';
import { isGroupActive, unusable } from './add-plan.js';

/** How a replica that is being made, or removed, comes along. */
export interface ReplicaProgress {
  readonly type: 'progress';
  readonly region: string;
  /** `NOT_LISTED` until AWS shows the new entry, some seconds after the request (FACTS D.2). */
  readonly status: string;
  readonly percent: number | undefined;
}

/** What waiting needs. */
export interface ReplicaWait {
  readonly replicas: ReplicasGateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
}

/** After the request the entry appears within some six seconds (FACTS D.2); this long it is waited for at least. */
const ENTRY_GRACE_MS = 15_000;
/** DescribeTable may be behind: an entry counts as gone when so many looks in a row do not show it. */
const LOOKS_UNTIL_GONE = 3;

/**
 * Waits until the replica is ACTIVE, by its own status and not the table's (FACTS D.2).
 * @throws DdbxError `replica-failed` for CREATION_FAILED; `replica-vanished` when AWS has given the creation up, which
 * it does without a word; `timeout`
 */
export async function* waitForReplica(
  tableName: string,
  region: string,
  wait: ReplicaWait,
): AsyncGenerator<ReplicaProgress, void, void> {
  const startedAtMs = wait.clock.now();
  let wasListed = false;
  let wasUpdating = false;
  let looksWithout = 0;
  for (let looks = 1; ; looks += 1) {
    const home = await lookAt(tableName, wait);
    let state = 'the table could not be looked at';
    if (home !== undefined) {
      const replica = home.replicas.find(each => each.region === region);
      if (replica === undefined) {
        wasUpdating ||= home.status !== 'ACTIVE';
        looksWithout = home.status === 'ACTIVE' ? looksWithout + 1 : 0;
        const isOld = wait.clock.now() - startedAtMs >= ENTRY_GRACE_MS;
        if (looksWithout >= LOOKS_UNTIL_GONE && (wasListed || wasUpdating || isOld)) throw vanished(tableName, region);
      } else {
        wasListed = true;
        looksWithout = 0;
        if (replica.status === 'ACTIVE') return;
        refuseDeadEnd(tableName, replica);
      }
      state = `the replica is ${replica?.status ?? 'not listed yet'}`;
      yield { type: 'progress', region, status: replica?.status ?? 'NOT_LISTED', percent: replica?.percent };
    }
    await pause(lookDelayMs(looks), { ...wait, what: `the replica of ${tableName} in ${region} to be ACTIVE` }, state);
  }
}

/** Waits until all parts of a strongly consistent group are ACTIVE. */
export async function* waitForGroup(
  tableName: string,
  names: readonly string[],
  wait: ReplicaWait,
): AsyncGenerator<ReplicaProgress, void, void> {
  const startedAtMs = wait.clock.now();
  let wasUpdating = false;
  let looksWithout = 0;
  for (let looks = 1; ; looks += 1) {
    const home = await lookAt(tableName, wait);
    if (home !== undefined) {
      const parts = [...home.replicas, ...home.witnesses];
      const isWhole = names.every(name => parts.some(part => part.region === name));
      if (isWhole && isGroupActive(home) && home.status === 'ACTIVE') return;
      wasUpdating ||= home.status !== 'ACTIVE';
      looksWithout = !isWhole && home.status === 'ACTIVE' ? looksWithout + 1 : 0;
      const isOld = wait.clock.now() - startedAtMs >= ENTRY_GRACE_MS;
      if (looksWithout >= LOOKS_UNTIL_GONE && (wasUpdating || isOld)) throw vanished(tableName, names.join(', '));
      for (const replica of home.replicas) refuseDeadEnd(tableName, replica);
      for (const name of names) {
        const part = parts.find(each => each.region === name);
        const percent = home.replicas.find(each => each.region === name)?.percent;
        yield { type: 'progress', region: name, status: part?.status ?? 'NOT_LISTED', percent };
      }
    }
    const what = `the group of ${tableName} (${names.join(', ')}) to be ACTIVE`;
    await pause(lookDelayMs(looks), { ...wait, what }, `the table is ${home?.status ?? 'not known'}`);
  }
}

/** A look that fails for a passing reason is undefined, and repeated. */
export async function lookAt(
  tableName: string,
  { replicas, signal }: Pick<ReplicaWait, 'replicas' | 'signal'>,
): Promise<RegionTable | undefined> {
  try {
    return await replicas.describe(tableName, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error) && isTransient(error)) return undefined;
    throw error;
  }
}

function refuseDeadEnd(tableName: string, { region, status, statusDescription }: OtherReplica): void {
  if (status === undefined || status === 'CREATING' || status === 'UPDATING' || status === 'ACTIVE') return;
  throw unusable(tableName, region, status, statusDescription);
}

/** A Create can end without a trace: no entry, and no CREATION_FAILED (FACTS D.2). */
function vanished(tableName: string, region: string): DdbxError {
  return new DdbxError({
    code: 'replica-vanished',
    message: `AWS gave up making the replica of ${tableName} in ${region}: it is not listed any more, and AWS leaves no reason behind.`,
    hint: `Most often DynamoDB may not use the KMS key there, or the service-linked role cannot be made. ddbx global check ${tableName} --add ${region} looks for causes; CloudTrail of ${region} knows more.`,
  });
}
