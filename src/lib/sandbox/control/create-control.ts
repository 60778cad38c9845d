import { sweepAll, sweepRegion } from '../dynamodb/time-to-live.js';
import { isMembers } from '../members.js';
import { type SandboxState, settle } from '../state.js';
import type { MappingEngine } from '../mappings/engine.js';
import type { SandboxControl } from './control.js';
import { ControlError, controlInput, numberOf, optionalNumberOf, regionIn, textOf } from './control-input.js';
import type { Fault } from './faults.js';
import { replicationControl } from './replication-control.js';
import { setAccess } from './access-control.js';
import { addFunction, listFunctions, removeFunction } from './function-control.js';
import { dumpDeliveries, setRetryPace, settleMappings } from './mapping-control.js';
import { expireIterators, rollShard, seedRecords, splitShard, trim } from './stream-control.js';
import { statusOf } from './status.js';

/** Every control operation by its name, taking JSON as it came. */
export type ControlOperations = {
  readonly [Name in keyof SandboxControl]: (input: unknown) => ReturnType<SandboxControl[Name]>;
};

/** Makes the control operations of a sandbox; each brings the sandbox up to the present first. */
export function createControl(state: SandboxState, mappings: MappingEngine, stop: () => void): ControlOperations {
  const settled =
    <T>(operation: (input: unknown, state: SandboxState) => T) =>
    (input: unknown): T => {
      settle(state);
      const answer = operation(input, state);
      mappings.wake();
      return answer;
    };
  return {
    status: settled(statusOf),
    advanceClock: settled(advanceClock),
    splitShard: settled(splitShard),
    rollShard: settled(rollShard),
    trim: settled(trim),
    expireIterators: settled(expireIterators),
    failNext: settled(failNext),
    throttle: settled(throttle),
    seedRecords: settled(seedRecords),
    sweepTtl: settled(sweepTtl),
    addFunction: settled(addFunction),
    setReplicationLag: settled(replicationControl.setReplicationLag),
    setReplicaDurations: settled(replicationControl.setReplicaDurations),
    setLimits: settled(replicationControl.setLimits),
    makeReplicaFail: settled(replicationControl.makeReplicaFail),
    makeReplicaVanish: settled(replicationControl.makeReplicaVanish),
    cutRegion: settled(replicationControl.cutRegion),
    healRegion: settled(replicationControl.healRegion),
    disableRegion: settled(replicationControl.disableRegion),
    enableRegion: settled(replicationControl.enableRegion),
    createKey: settled(replicationControl.createKey),
    disableKey: settled(replicationControl.disableKey),
    enableKey: settled(replicationControl.enableKey),
    listFunctions: settled(listFunctions),
    removeFunction: settled(removeFunction),
    setAccess: settled(setAccess),
    dumpDeliveries: settled(input => dumpDeliveries(input, mappings)),
    settleMappings: settled(async input => await settleMappings(input, state, mappings)),
    setRetryPace: settled(setRetryPace),
    stop: input => {
      controlInput(input, []);
      stop();
      return {};
    },
  };
}

function advanceClock(input: unknown, state: SandboxState): { readonly now: string } {
  const ms = numberOf(controlInput(input, ['ms']), 'ms', 0);
  state.clock.advance(ms);
  settle(state);
  return { now: new Date(state.clock.now()).toISOString() };
}

function failNext(input: unknown, state: SandboxState): { readonly pending: number } {
  const members = controlInput(input, ['operation', 'count', 'error']);
  const operation = textOf(members, 'operation');
  const count = optionalNumberOf(members, 'count', 1) ?? 1;
  state.faults.failNext(operation, count, faultOf(members['error']));
  return { pending: state.faults.pending()[operation] ?? 0 };
}

function faultOf(error: unknown): Fault {
  if (error === 'throttle' || error === 'reset' || error === 'html') return { kind: error };
  if (!isMembers(error)) {
    throw new ControlError('"error" must be "throttle", "reset", "html" or an object of status, type and message');
  }
  const members = controlInput(error, ['status', 'type', 'message']);
  return {
    kind: 'error',
    status: numberOf(members, 'status', 400),
    type: textOf(members, 'type'),
    message: textOf(members, 'message'),
  };
}

function throttle(input: unknown, state: SandboxState): Record<string, never> {
  const members = controlInput(input, ['operation', 'perSecond']);
  const operation = textOf(members, 'operation');
  const perSecond = members['perSecond'] === null ? undefined : numberOf(members, 'perSecond', 0.001);
  state.faults.limitRate(operation, perSecond);
  return {};
}

function sweepTtl(input: unknown, state: SandboxState): { readonly deleted: number } {
  const members = controlInput(input, ['region']);
  if (members['region'] === undefined) return { deleted: sweepAll(state) };
  return { deleted: sweepRegion(state, regionIn(members, state)) };
}
