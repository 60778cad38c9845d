import { AwsError } from '../aws-error.js';
import { findRegion, type RegionState, type SandboxState } from '../state.js';
import { type HttpRequest, headerOf } from './http-answer.js';

const DEFAULT_REGION = 'us-east-1';

/** The Region that a request was signed for: the third part of its credential scope; us-east-1 when unsigned. */
export function regionOf(request: HttpRequest, state: SandboxState): RegionState {
  const scope = credentialScope(request);
  const name = scope === undefined ? defaultRegion(state) : (scope[2] ?? '');
  const region = findRegion(state, name);
  if (region === undefined) {
    throw new AwsError('InvalidSignatureException', `Credential should be scoped to a valid region, not '${name}'.`);
  }
  if (state.replication.disabledRegions.has(name)) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  return region;
}

/** The service that a request was signed for, e.g. `s3`; `undefined` when unsigned. */
export function signedServiceOf(request: HttpRequest): string | undefined {
  return credentialScope(request)?.[3];
}

/** Key, date, Region, service: of a signature in the header or of a presigned URL. */
function credentialScope(request: HttpRequest): readonly string[] | undefined {
  const authorization = headerOf(request, 'authorization') ?? '';
  const scope =
    /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? request.url.searchParams.get('X-Amz-Credential') ?? undefined;
  return scope?.split('/');
}

/** The Region that is meant when none is named. */
export function defaultRegion(state: SandboxState): string {
  return state.settings.regions?.[0] ?? DEFAULT_REGION;
}
