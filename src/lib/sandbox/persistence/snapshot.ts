import type { Metric } from '../cloudwatch/metric-store.js';
import type { FunctionDefinition } from '../lambda/function-definition.js';
import { isMembers } from '../members.js';
import type { ReplicationSettings } from '../replication/settings.js';
import { findRegion, type RegionState, type SandboxState } from '../state.js';
import { createGraph, type Graph } from './graph.js';
import { stateKinds } from './kinds.js';
import { resume } from './resume.js';
import { SnapshotError } from './snapshot-error.js';

/** Counts up when a sandbox cannot read any more what an older one saved. */
const SNAPSHOT_FORMAT = 1;

/** What is not saved: it is of the moment, follows from the rest, or is said by who starts the sandbox. */
type NotSaved = 'settings' | 'timeline' | 'ids' | 'faults' | 'access' | 'arrivals' | 'log' | 'changed' | 'closing';

/** What is saved, by the slots of the state: one that is neither here nor in `NotSaved` does not compile. */
interface SavedState extends Readonly<Record<Exclude<keyof SandboxState, NotSaved>, unknown>> {
  /** How far the clock was advanced, in milliseconds. */
  readonly clock: number;
  readonly regions: SandboxState['regions'];
  readonly buckets: SandboxState['buckets'];
  readonly metrics: readonly Metric[];
  readonly functions: readonly FunctionDefinition[];
  readonly replication: ReplicationSettings;
}

/** The whole state as text, but for what is of the moment, such as faults and long polls. */
export function saveState(state: SandboxState): string {
  const saved: SavedState = {
    clock: state.clock.offsetMs(),
    regions: state.regions,
    buckets: state.buckets,
    metrics: state.metrics.save(),
    functions: state.functions.all(),
    replication: state.replication,
  };
  const { account } = state.settings;
  return `${JSON.stringify({ ddbxSandbox: SNAPSHOT_FORMAT, account, state: graphOf(state).toJson(saved) })}\n`;
}

/** Fills a new state with what was saved. @throws SnapshotError when it is of another format, account or Region */
export function loadState(state: SandboxState, text: string): void {
  const saved = parse(state, text);
  state.clock.advance(saved.clock);
  for (const [name, region] of saved.regions) Object.assign(regionFor(state, name), region);
  for (const [name, bucket] of saved.buckets) state.buckets.set(name, bucket);
  state.metrics.load(saved.metrics);
  for (const definition of saved.functions) state.functions.add(definition);
  Object.assign(state.replication, saved.replication);
  resume(state);
}

function parse(state: SandboxState, text: string): SavedState {
  const snapshot = parseJson(text);
  if (!isMembers(snapshot) || typeof snapshot['ddbxSandbox'] !== 'number') {
    throw new SnapshotError('it does not hold the state of a sandbox');
  }
  const format = snapshot['ddbxSandbox'];
  if (format !== SNAPSHOT_FORMAT) {
    throw new SnapshotError(`it was written in format ${format}, and this version of ddbx reads ${SNAPSHOT_FORMAT}`);
  }
  const { account } = state.settings;
  if (snapshot['account'] !== account) {
    throw new SnapshotError(`it is of the account ${String(snapshot['account'])}, not ${account}`);
  }
  return graphOf(state).fromJson(snapshot['state']) as SavedState;
}

function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (error) {
    throw new SnapshotError(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function regionFor(state: SandboxState, name: string): RegionState {
  const region = findRegion(state, name);
  if (region === undefined) throw new SnapshotError(`it has the Region ${name}, which --regions leaves out`);
  return region;
}

function graphOf(state: SandboxState): Graph {
  return createGraph(stateKinds(state));
}
