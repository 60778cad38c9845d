import type { RegionState, SandboxState } from '../state.js';
import type { FunctionDefinition } from './function-definition.js';

/** What a caller may write where a function is meant. */
export interface FunctionRef {
  readonly name: string;
  /** `$LATEST`, a version or an alias. */
  readonly qualifier: string;
  /** The Region of an ARN. */
  readonly region: string | undefined;
}

/** Reads a name, a partial ARN or an ARN, each with or without a version. */
export function parseFunctionRef(given: string): FunctionRef {
  const [name = '', qualifier = '$LATEST'] = given.replace(/^.*:?function:/, '').split(':');
  const region = /^arn:[^:]*:lambda:([^:]*):/.exec(given)?.[1];
  return { name, qualifier, region };
}

/** The function that is meant, when there is one in the Region; the sandbox keeps no versions and no aliases. */
export function findFunction(
  state: SandboxState,
  region: RegionState,
  ref: FunctionRef,
): FunctionDefinition | undefined {
  if (ref.qualifier !== '$LATEST' || (ref.region ?? region.name) !== region.name) return undefined;
  return state.functions.find(ref.name, region.name);
}

/** The ARN of a function, without a version. */
export function functionArn(state: SandboxState, region: RegionState, name: string): string {
  return `arn:aws:lambda:${region.name}:${state.settings.account}:function:${name}`;
}
