import type { Delivery } from '../mappings/delivery-log.js';
import type { MappingEngine } from '../mappings/engine.js';
import type { RetryPace } from '../mappings/retry-pace.js';
import { type SandboxState, settle } from '../state.js';
import { ControlError, controlInput, numberOf, optionalNumberOf, optionalTextOf } from './control-input.js';

/** A mapping at rest. */
export interface MappingAtRest {
  readonly uuid: string;
  readonly function: string;
  readonly state: string;
  readonly lastProcessingResult: string;
}

/** What `settleMappings` answers. */
export interface MappingsAtRest {
  readonly now: string;
  /** The next time at which a mapping does something by itself: a retry, the end of a window; null when none does. */
  readonly waitingUntil: string | null;
  readonly mappings: readonly MappingAtRest[];
}

/** What mappings have done with the records of their streams, oldest first. */
export function dumpDeliveries(input: unknown, engine: MappingEngine): { readonly deliveries: readonly Delivery[] } {
  const members = controlInput(input, ['mapping', 'function', 'clear']);
  const mapping = optionalTextOf(members, 'mapping');
  const functionName = optionalTextOf(members, 'function');
  const { clear } = members;
  if (clear !== undefined && clear !== true) throw new ControlError('"clear" can only be true');
  const deliveries = engine.deliveries
    .all()
    .filter(each => mapping === undefined || each.mapping === mapping)
    .filter(each => functionName === undefined || each.function === functionName);
  if (clear === true) engine.deliveries.clear();
  return { deliveries };
}

/**
 * Answers when every mapping waits: for records, or for a time that has not come. With `advanceMs` so much of the
 * sandbox's time passes before, in steps from one such time to the next: each retry and each window has its own moment.
 */
export async function settleMappings(
  input: unknown,
  state: SandboxState,
  engine: MappingEngine,
): Promise<MappingsAtRest> {
  const advanceMs = optionalNumberOf(controlInput(input, ['advanceMs']), 'advanceMs', 0) ?? 0;
  const endMs = state.clock.now() + advanceMs;
  await engine.atRest();
  let dueMs = nextDueMs(state, engine);
  while (advanceMs > 0 && dueMs !== undefined && dueMs <= endMs && !state.closing.aborted) {
    state.clock.advance(Math.max(0, dueMs - state.clock.now()));
    settle(state);
    await engine.atRest();
    dueMs = nextDueMs(state, engine);
  }
  state.clock.advance(Math.max(0, endMs - state.clock.now()));
  settle(state);
  await engine.atRest();
  return {
    now: new Date(state.clock.now()).toISOString(),
    waitingUntil: dueMs === undefined ? null : new Date(dueMs).toISOString(),
    mappings: allMappings(state).map(({ uuid, functionName, state: mappingState, lastProcessingResult }) => ({
      uuid,
      function: functionName,
      state: mappingState,
      lastProcessingResult,
    })),
  };
}

/** How mappings pause between retries. */
export function setRetryPace(input: unknown, state: SandboxState): RetryPace {
  const members = controlInput(input, ['firstMs', 'mostMs']);
  const firstMs = numberOf(members, 'firstMs', 1);
  const mostMs = optionalNumberOf(members, 'mostMs', firstMs) ?? Math.max(firstMs, state.settings.retryPace.mostMs);
  state.settings.retryPace = { firstMs, mostMs };
  return state.settings.retryPace;
}

function nextDueMs(state: SandboxState, engine: MappingEngine): number | undefined {
  const times = allMappings(state).flatMap(({ transition }) => transition?.atMs ?? []);
  const readsAtMs = engine.nextDueMs();
  if (readsAtMs !== undefined) times.push(readsAtMs);
  return times.length === 0 ? undefined : Math.min(...times);
}

function allMappings(state: SandboxState) {
  return [...state.regions.values()].flatMap(region => [...region.mappings.values()]);
}
