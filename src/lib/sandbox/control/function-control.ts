import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { functionDefaults } from '../lambda/function-definition.js';
import type { Members } from '../members.js';
import { findRegion, type SandboxState } from '../state.js';
import { ControlError, controlInput, optionalNumberOf, optionalTextOf, textOf } from './control-input.js';

/** A function as `listFunctions` shows it. */
export interface ListedFunction {
  readonly name: string;
  /** Null when it is there in every Region. */
  readonly region: string | null;
  readonly handler: string;
  /** The module's path; null when the code was uploaded. */
  readonly path: string | null;
  readonly timeoutMs: number;
}

/** Registers a local module as a Lambda function, or replaces it. */
export function addFunction(input: unknown, state: SandboxState): { readonly name: string } {
  const members = controlInput(input, ['name', 'handlerPath', 'exportName', 'timeoutMs', 'region']);
  const name = functionName(members);
  const path = textOf(members, 'handlerPath');
  if (!isAbsolute(path)) throw new ControlError(`"handlerPath" must be an absolute path, not ${path}`);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new ControlError(`There is no file ${path}`);
  const nowMs = state.clock.now();
  state.functions.add({
    ...functionDefaults,
    name,
    region: regionOf(members, state),
    source: { kind: 'file', path },
    handler: `index.${optionalTextOf(members, 'exportName') ?? 'handler'}`,
    timeoutMs: optionalNumberOf(members, 'timeoutMs', 1) ?? functionDefaults.timeoutMs,
    modifiedAtMs: nowMs,
    activeAtMs: nowMs,
    updatedAtMs: nowMs,
  });
  return { name };
}

/** All functions, by name. */
export function listFunctions(input: unknown, state: SandboxState): { readonly functions: readonly ListedFunction[] } {
  controlInput(input, []);
  const functions = state.functions.all().map(({ name, region, handler, source, timeoutMs }) => ({
    name,
    region: region ?? null,
    handler,
    path: source.kind === 'file' ? source.path : null,
    timeoutMs,
  }));
  return { functions: functions.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Removes a function; one that is not there is nothing to do. */
export function removeFunction(input: unknown, state: SandboxState): { readonly removed: boolean } {
  const members = controlInput(input, ['name', 'region']);
  const name = functionName(members);
  const region = regionOf(members, state);
  const found = state.functions.all().find(each => each.name === name && each.region === region);
  if (found !== undefined) state.functions.remove(found);
  return { removed: found !== undefined };
}

function regionOf(members: Members, state: SandboxState): string | undefined {
  const region = optionalTextOf(members, 'region');
  if (region !== undefined && findRegion(state, region) === undefined) {
    throw new ControlError(`There is no Region ${region}`);
  }
  return region;
}

function functionName(members: Members): string {
  const name = textOf(members, 'name');
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    throw new ControlError(`"name" must be 1 to 64 letters, digits, hyphens and underscores, not ${name}`);
  }
  return name;
}
