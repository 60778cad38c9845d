import { findRegion, type RegionState, type SandboxState } from '../state.js';
import { defaultRegion } from '../http/region-of.js';
import type { Table } from '../dynamodb/table.js';
import { isMembers, type Members } from '../members.js';
import type { Shard } from '../streams/shard.js';
import type { TableStream } from '../streams/table-stream.js';

/** A control call that cannot be done; its message says what to change. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** The members of a control call; unknown ones are refused, so that a misspelt option is not ignored. */
export function controlInput(input: unknown, known: readonly string[]): Members {
  const members = input ?? {};
  if (!isMembers(members)) throw new ControlError('The input must be a JSON object');
  const unknown = Object.keys(members).find(name => !known.includes(name));
  if (unknown !== undefined) {
    const list = known.length === 0 ? 'no members' : known.join(', ');
    throw new ControlError(`There is no member "${unknown}"; there is: ${list}`);
  }
  return members;
}

/** A text that must be there. */
export function textOf(input: Members, name: string): string {
  const value = optionalTextOf(input, name);
  if (value === undefined) throw new ControlError(`"${name}" is missing`);
  return value;
}

/** A text that may be absent. */
export function optionalTextOf(input: Members, name: string): string | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw new ControlError(`"${name}" must be a text`);
  return value;
}

/** A number of at least `min` that must be there. */
export function numberOf(input: Members, name: string, min: number): number {
  const value = optionalNumberOf(input, name, min);
  if (value === undefined) throw new ControlError(`"${name}" is missing`);
  return value;
}

/** A number of at least `min` that may be absent. */
export function optionalNumberOf(input: Members, name: string, min: number): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min) {
    throw new ControlError(`"${name}" must be a number of at least ${min}`);
  }
  return value;
}

/** The Region that a call names, or the first one. */
export function regionIn(input: Members, state: SandboxState): RegionState {
  const name = optionalTextOf(input, 'region') ?? defaultRegion(state);
  const region = findRegion(state, name);
  if (region === undefined) {
    const regions = state.settings.regions?.join(', ') ?? 'any of AWS’s names';
    throw new ControlError(`There is no Region ${name}; there is: ${regions}`);
  }
  return region;
}

/** The table that a call names. */
export function tableIn(input: Members, region: RegionState): Table {
  const name = textOf(input, 'table');
  const table = region.tables.get(name);
  if (table === undefined) {
    const tables = [...region.tables.keys()].join(', ') || 'none';
    throw new ControlError(`There is no table ${name} in ${region.name}; there is: ${tables}`);
  }
  return table;
}

/** The enabled stream of the table that a call names. */
export function streamIn(input: Members, region: RegionState): TableStream {
  const table = tableIn(input, region);
  if (table.stream === undefined) throw new ControlError(`${table.name} in ${region.name} has no enabled stream`);
  if (table.stream.status !== 'ENABLED')
    throw new ControlError(`The stream of ${table.name} is ${table.stream.status}`);
  return table.stream;
}

/** The open shard that a call names, or the first one. */
export function openShardIn(input: Members, stream: TableStream): Shard {
  const id = optionalTextOf(input, 'shardId');
  const shard = id === undefined ? stream.openShards[0] : stream.openShards.find(each => each.id === id);
  if (shard !== undefined) return shard;
  const open = stream.openShards.map(each => each.id).join(', ');
  throw new ControlError(`There is no open shard ${id ?? ''}; open are: ${open}`);
}
