import type { RegionState, SandboxState } from '../state.js';
import type { Mapping, MappingState } from './mapping.js';

/** The states that a mapping goes through, one after the other, each for the sandbox's status delay. */
export type MappingPath = readonly [MappingState, ...(readonly (MappingState | 'gone')[])];

/** Puts a mapping into the first state of `path`, and lets the others follow in their time. */
export function startTransition(state: SandboxState, region: RegionState, mapping: Mapping, path: MappingPath): void {
  const [now, ...rest] = path;
  mapping.state = now;
  mapping.lastModifiedMs = state.clock.now();
  schedule(state, region, mapping, rest);
}

/** Lets a mapping go on to the state that it was to have next when it was saved. */
export function resumeTransition(state: SandboxState, region: RegionState, mapping: Mapping): void {
  const next = mapping.transition?.to;
  if (next !== undefined) schedule(state, region, mapping, next === 'Enabling' ? [next, 'Enabled'] : [next]);
}

function schedule(
  state: SandboxState,
  region: RegionState,
  mapping: Mapping,
  path: readonly (MappingState | 'gone')[],
): void {
  const [to, ...rest] = path;
  if (to === undefined) {
    mapping.transition = undefined;
    return;
  }
  const delayMs = state.settings.statusDelayMs;
  const transition = { to, atMs: state.clock.now() + delayMs };
  mapping.transition = transition;
  state.timeline.after(delayMs, () => {
    // Another change of state has come in between.
    if (mapping.transition !== transition) return;
    if (to === 'gone') {
      region.mappings.delete(mapping.uuid);
      return;
    }
    mapping.state = to;
    schedule(state, region, mapping, rest);
  });
}
