import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { EventSourceMapping, MappingChange, MappingsGateway, NewMapping } from '../aws/mappings-gateway.js';
import type { Clock } from '../model/clock.js';
import { type Deadline, lookDelayMs, pause } from '../streams/wait-for-table.js';

/** What is done to a mapping. */
export type MappingStep = 'create' | 'update' | 'pause' | 'resume' | 'detach';

/** What happens while a mapping is changed. */
export type MappingEvent =
  /** Another change is under way; it is waited for. */
  | { readonly type: 'in-transition'; readonly uuid: string; readonly state: string }
  /** Lambda has taken the request. */
  | { readonly type: 'requested'; readonly step: MappingStep; readonly uuid: string; readonly state: string }
  /** The state that was asked for is reached; after a detach the mapping is gone. */
  | { readonly type: 'reached'; readonly step: MappingStep; readonly uuid: string; readonly state: string };

/** What changing a mapping needs. */
export interface ChangeTools {
  readonly mappings: MappingsGateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** False: leave when Lambda has taken the request. */
  readonly wait: boolean;
}

type Changing = AsyncGenerator<MappingEvent, EventSourceMapping | undefined, void>;

/** From these states a mapping comes out by itself (FACTS B.2). */
const TRANSITIONS = new Set(['Creating', 'Enabling', 'Disabling', 'Updating', 'Deleting']);

/** Whether a mapping is between two states. */
function isInTransition(state: string): boolean {
  return TRANSITIONS.has(state);
}

/**
 * Makes a mapping and waits until its state is firm.
 * @throws DdbxError `timeout`; AwsError, `conflict` when there is one already
 */
export async function* createMapping(mapping: NewMapping, tools: ChangeTools): Changing {
  const created = await tools.mappings.create(mapping, tools.signal);
  yield { type: 'requested', step: 'create', uuid: created.uuid, state: created.state };
  return yield* reach('create', created, tools);
}

/**
 * Changes a mapping, as soon as no other change is under way, and waits until its state is firm again.
 * @throws DdbxError `timeout`; AwsError
 */
export async function* changeMapping(
  step: Exclude<MappingStep, 'create' | 'detach'>,
  change: MappingChange,
  tools: ChangeTools,
): Changing {
  const changed = yield* send(change.uuid, tools, () => tools.mappings.update(change, tools.signal));
  yield { type: 'requested', step, uuid: changed.uuid, state: changed.state };
  return yield* reach(step, changed, tools);
}

/**
 * Removes a mapping and waits until it is gone. One that is gone already is no failure.
 * @throws DdbxError `timeout`; AwsError
 */
export async function* detachMapping(uuid: string, tools: ChangeTools): Changing {
  try {
    const removed = yield* send(uuid, tools, () => tools.mappings.delete(uuid, tools.signal));
    yield { type: 'requested', step: 'detach', uuid, state: removed.state };
    return yield* reach('detach', removed, tools);
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    yield { type: 'reached', step: 'detach', uuid, state: 'Deleted' };
    return undefined;
  }
}

/** Asks as often as another change has the mapping. */
async function* send(
  uuid: string,
  tools: ChangeTools,
  request: () => Promise<EventSourceMapping>,
): AsyncGenerator<MappingEvent, EventSourceMapping, void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await request();
    } catch (error) {
      tools.signal.throwIfAborted();
      if (!isAwsError(error, 'in-use')) throw error;
      const { state } = await tools.mappings.get(uuid, tools.signal);
      yield { type: 'in-transition', uuid, state };
      const what = `mapping ${uuid} to be free for a change`;
      await pause(lookDelayMs(attempts), { ...tools, what }, `it is ${state}`);
    }
  }
}

async function* reach(step: MappingStep, requested: EventSourceMapping, tools: ChangeTools): Changing {
  if (!tools.wait) return requested;
  const { uuid } = requested;
  const settled = await settledMapping(requested, tools);
  yield { type: 'reached', step, uuid, state: settled?.state ?? 'Deleted' };
  return settled;
}

/**
 * Looks at a mapping until its state is firm; undefined when it is gone by then.
 * @throws DdbxError `timeout` (exit 6) at the deadline
 */
export async function settledMapping(
  mapping: EventSourceMapping,
  tools: Omit<ChangeTools, 'wait'>,
): Promise<EventSourceMapping | undefined> {
  const { mappings, signal } = tools;
  const { uuid } = mapping;
  let seen = mapping;
  for (let looks = 1; ; looks += 1) {
    if (!isInTransition(seen.state)) return seen;
    const what = `mapping ${uuid} to come out of ${seen.state}`;
    await pause(lookDelayMs(looks), { ...tools, what }, `it is still ${seen.state}`);
    try {
      seen = await mappings.get(uuid, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isAwsError(error, 'not-found')) return undefined;
      if (!isTransient(error)) throw error;
    }
  }
}
