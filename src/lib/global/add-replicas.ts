import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { Aws } from '../aws/connection.js';
import type { RegionTable } from '../aws/region-table.js';
import type { ReplicasGateway } from '../aws/replicas-gateway.js';
import type { Clock } from '../model/clock.js';
import { type Deadline, lookDelayMs, pause } from '../streams/wait-for-table.js';
import type { AddPlan } from './add-plan.js';
import { waitUntilGone } from './wait-until-gone.js';
import { type ReplicaProgress, waitForGroup, waitForReplica } from './wait-for-replica.js';

/** What happens while Regions are added. */
export type AddEvent =
  | { readonly type: 'unchanged'; readonly region: string }
  | { readonly type: 'creating'; readonly region: string }
  /** It was begun before, and is waited for. */
  | { readonly type: 'resumed'; readonly region: string }
  | ReplicaProgress
  /** The replica that was being deleted is gone, and the Region can be added again. */
  | { readonly type: 'gone'; readonly region: string }
  | { readonly type: 'active'; readonly region: string; readonly tookMs: number }
  /** AWS has taken the request; nobody waits for it to be done. */
  | { readonly type: 'requested'; readonly region: string }
  /** Something else is being done to the table; AWS is asked again when it is over. */
  | { readonly type: 'in-use'; readonly region: string; readonly status: string };

/** What adding needs. */
export interface AddOptions {
  /** Asked whether the table of a replica that is being deleted is gone. */
  readonly aws: Pick<Aws, 'replicas'>;
  /** Of the Region that is asked. */
  readonly replicas: ReplicasGateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** False: leave when AWS has taken the first request. */
  readonly wait: boolean;
}

/**
 * Adds the Regions of a plan, one after the other, each waited for.
 * @throws DdbxError `replica-failed`, `replica-vanished`, `timeout` (exit 6)
 * @throws AwsError for what AWS refuses
 */
export async function* addReplicas(plan: AddPlan, options: AddOptions): AsyncGenerator<AddEvent, void, void> {
  if (plan.consistency === 'strong') {
    yield* makeGroup(plan, options);
    return;
  }
  for (const { type, replica } of plan.steps) {
    const { region } = replica;
    if (type === 'done') {
      yield { type: 'unchanged', region };
      continue;
    }
    const startedAtMs = options.clock.now();
    if (type === 'wait') yield { type: 'resumed', region };
    else {
      if (type === 'create-again') yield* waitUntilGone(plan.tableName, [region], options);
      yield { type: 'creating', region };
      yield* sendWhenFree(plan, region, options, {
        send: () => options.replicas.createReplica(plan.tableName, replica, options.signal),
        isBegun: table => table.replicas.some(each => each.region === region && each.status !== 'DELETING'),
      });
    }
    if (!options.wait) {
      yield { type: 'requested', region };
      return;
    }
    yield* waitForReplica(plan.tableName, region, options);
    yield { type: 'active', region, tookMs: options.clock.now() - startedAtMs };
  }
}

/** Makes a strongly consistent group, in its one call. */
async function* makeGroup(plan: AddPlan, options: AddOptions): AsyncGenerator<AddEvent, void, void> {
  const { tableName, witness } = plan;
  const replicas = plan.steps.map(step => step.replica);
  const names = [...replicas.map(replica => replica.region), ...(witness === undefined ? [] : [witness])];
  const startedAtMs = options.clock.now();
  const type = plan.steps[0]?.type ?? 'done';
  if (type === 'done') {
    for (const region of names) yield { type: 'unchanged', region };
    return;
  }
  for (const region of names) yield { type: type === 'wait' ? 'resumed' : 'creating', region };
  if (type === 'create') {
    yield* sendWhenFree(plan, plan.source, options, {
      send: () => options.replicas.createStrongGroup(tableName, { replicas, witness }, options.signal),
      isBegun: table => table.isStronglyConsistent,
    });
  }
  if (!options.wait) {
    for (const region of names) yield { type: 'requested', region };
    return;
  }
  yield* waitForGroup(tableName, names, options);
  for (const region of names) yield { type: 'active', region, tookMs: options.clock.now() - startedAtMs };
}

/** A change of replicas that is to be sent. */
interface Change {
  readonly send: () => Promise<RegionTable>;
  /** Whether it has been begun already: what keeps the table busy may be the request of a run that was interrupted. */
  readonly isBegun: (table: RegionTable) => boolean;
}

/** Sends a change of replicas as soon as nothing else is being done to the table, unless it turns out to be begun. */
export async function* sendWhenFree(
  { tableName }: Pick<AddPlan, 'tableName'>,
  region: string,
  options: Pick<AddOptions, 'replicas' | 'clock' | 'signal' | 'deadline'>,
  { send, isBegun }: Change,
): AsyncGenerator<Extract<AddEvent, { type: 'in-use' }>, void, void> {
  const { replicas, clock, signal, deadline } = options;
  const what = `${tableName} to be free for the change of ${region}`;
  for (let attempts = 1; ; attempts += 1) {
    let status = 'status not known';
    try {
      await send();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!isAwsError(error, 'in-use')) throw error;
      try {
        const table = await replicas.describe(tableName, signal);
        if (isBegun(table)) return;
        status = busyText(table);
      } catch (failure) {
        signal.throwIfAborted();
        if (!isTransient(failure)) throw failure;
      }
    }
    yield { type: 'in-use', region, status };
    await pause(lookDelayMs(attempts), { clock, signal, deadline, what }, status);
  }
}

function busyText({ status, replicas, indexes }: RegionTable): string {
  const moving = replicas.find(replica => replica.status !== 'ACTIVE');
  if (moving !== undefined) return `the replica in ${moving.region} is ${moving.status ?? 'changing'}`;
  const index = indexes.find(each => each.status !== 'ACTIVE');
  if (index !== undefined) return `index ${index.name} is ${index.status}`;
  return `the table is ${status}`;
}
