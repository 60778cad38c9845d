import { createHash } from 'node:crypto';
import type { RegionState, SandboxState } from '../state.js';
import { functionArn } from './find-function.js';
import type { FunctionDefinition } from './function-definition.js';

/** A function as Lambda's configuration shows it. */
export function describeFunction(
  state: SandboxState,
  region: RegionState,
  definition: FunctionDefinition,
): Readonly<Record<string, unknown>> {
  const { source, environment } = definition;
  const nowMs = state.clock.now();
  const isActive = nowMs >= definition.activeAtMs;
  return {
    FunctionName: definition.name,
    FunctionArn: functionArn(state, region, definition.name),
    Runtime: definition.runtime,
    Role: definition.role ?? `arn:aws:iam::${state.settings.account}:role/sandbox`,
    Handler: definition.handler,
    CodeSize: source.kind === 'zip' ? source.zip.length : 0,
    CodeSha256: source.kind === 'zip' ? createHash('sha256').update(source.zip).digest('base64') : undefined,
    Description: definition.description,
    Timeout: Math.ceil(definition.timeoutMs / 1000),
    MemorySize: definition.memoryMb,
    LastModified: new Date(definition.modifiedAtMs).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    Environment: Object.keys(environment).length === 0 ? undefined : { Variables: environment },
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    State: isActive ? 'Active' : 'Pending',
    StateReason: isActive ? undefined : 'The function is being created.',
    StateReasonCode: isActive ? undefined : 'Creating',
    LastUpdateStatus: nowMs >= definition.updatedAtMs ? 'Successful' : 'InProgress',
  };
}
