import { isAwsError } from '../aws/aws-error.js';
import type { Aws } from '../aws/connection.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
import type { Deadline } from '../streams/wait-for-table.js';
import { type AddEvent, sendWhenFree } from './add-replicas.js';
import type { RemovePlan } from './remove-plan.js';
import type { ReplicaProgress, ReplicaWait } from './wait-for-replica.js';
import { waitUntilGone } from './wait-until-gone.js';

/** What happens while Regions are removed. */
export type RemoveEvent =
  | { readonly type: 'absent'; readonly region: string }
  | { readonly type: 'deleting'; readonly region: string }
  /** The Region filled another one within 24 hours; it is tried again when younger ones are gone (FACTS D.4). */
  | { readonly type: 'locked'; readonly region: string }
  | ReplicaProgress
  | Extract<AddEvent, { type: 'in-use' }>
  | { readonly type: 'gone'; readonly region: string }
  | { readonly type: 'requested'; readonly region: string };

/** What removing needs. */
export interface RemoveOptions {
  readonly aws: Pick<Aws, 'replicas'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** False: leave when AWS has taken the first request. */
  readonly wait: boolean;
}

/**
 * Removes the Regions of a plan with their data, one after the other, each waited for until its table is gone.
 * @throws DdbxError `source-lock` when nothing is left but Regions that are locked; `timeout` (exit 6)
 * @throws AwsError for what AWS refuses
 */
export async function* removeReplicas(
  plan: RemovePlan,
  options: RemoveOptions,
): AsyncGenerator<RemoveEvent, void, void> {
  const { tableName } = plan;
  const { clock, signal, deadline, aws } = options;
  const wait = { replicas: await aws.replicas(plan.sender), aws, clock, signal, deadline };
  for (const region of plan.absent) yield { type: 'absent', region };
  if (plan.leaving.length > 0) yield* waitUntilGone(tableName, plan.leaving, wait);
  if (plan.consistency === 'strong') {
    yield* removeGroup(plan, options, wait);
    return;
  }
  let waiting = [...plan.regions];
  while (waiting.length > 0) {
    const locked: string[] = [];
    let hasMoved = false;
    for (const region of waiting) {
      yield { type: 'deleting', region };
      try {
        yield* sendWhenFree(plan, region, wait, {
          send: () => wait.replicas.deleteReplica(tableName, region, signal),
          isBegun: table => !table.replicas.some(each => each.region === region && each.status !== 'DELETING'),
        });
      } catch (error) {
        if (!isSourceLock(error)) throw error;
        yield { type: 'locked', region };
        locked.push(region);
        continue;
      }
      hasMoved = true;
      if (!options.wait) {
        yield { type: 'requested', region };
        return;
      }
      yield* waitUntilGone(tableName, [region], wait);
    }
    if (!hasMoved) throw allLocked(plan, locked);
    waiting = locked;
  }
}

async function* removeGroup(
  plan: RemovePlan,
  options: RemoveOptions,
  wait: ReplicaWait & Pick<RemoveOptions, 'aws'>,
): AsyncGenerator<RemoveEvent, void, void> {
  if (plan.regions.length === 0) return;
  const { tableName, regions, witness } = plan;
  const names = [...regions, ...(witness === undefined ? [] : [witness])];
  for (const region of names) yield { type: 'deleting', region };
  yield* sendWhenFree(plan, plan.sender, wait, {
    send: () => wait.replicas.deleteStrongGroup(tableName, { replicas: regions, witness }, options.signal),
    isBegun: table => table.replicas.every(each => each.status === 'DELETING'),
  });
  if (options.wait) yield* waitUntilGone(tableName, names, wait);
  else for (const region of names) yield { type: 'requested', region };
}

function isSourceLock(error: unknown): boolean {
  return isAwsError(error, 'validation') && /acted as a source region/.test(error.message);
}

function allLocked({ tableName }: RemovePlan, regions: readonly string[]): DdbxError {
  return new DdbxError({
    code: 'source-lock',
    message: `${tableName} cannot be removed from ${regions.join(', ')}: within the last 24 hours another replica was filled from there, and is still in the group.`,
    hint: 'Remove that younger replica too, in the same command, or wait until the 24 hours are over; ddbx global status shows the Regions.',
  });
}
