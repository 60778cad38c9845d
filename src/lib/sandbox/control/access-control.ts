import { type Policy, parsePolicy, PolicyError } from '../access/policy.js';
import type { SandboxState } from '../state.js';
import { ControlError, controlInput } from './control-input.js';

/** Begins or ends to check signatures and policies. */
export function setAccess(
  input: unknown,
  state: SandboxState,
): { readonly verifySignatures: boolean; readonly policies: number | null } {
  const members = controlInput(input, ['verifySignatures', 'policies']);
  const { verifySignatures, policies } = members;
  if (verifySignatures !== undefined && typeof verifySignatures !== 'boolean') {
    throw new ControlError('"verifySignatures" must be true or false');
  }
  const parsed = policies === undefined ? state.access.policies : parsePolicies(policies);
  state.access.policies = parsed;
  state.access.verifiesSignatures = verifySignatures ?? state.access.verifiesSignatures;
  return { verifySignatures: state.access.verifiesSignatures, policies: parsed?.length ?? null };
}

function parsePolicies(policies: unknown): readonly Policy[] | undefined {
  if (policies === null) return undefined;
  if (!Array.isArray(policies)) throw new ControlError('"policies" must be a list of policy documents, or null');
  return policies.map((policy, at) => {
    try {
      return parsePolicy(policy);
    } catch (error) {
      if (error instanceof PolicyError) throw new ControlError(`policies[${at}]: ${error.message}`);
      throw error;
    }
  });
}
