import type { AwsError } from '../aws-error.js';
import type { Exchange, HttpRequest } from '../http/http-answer.js';
import { regionOf } from '../http/region-of.js';
import type { SandboxState } from '../state.js';
import { CALLER, callerArn } from './caller.js';
import { membersOf, needsOf } from './needs.js';
import { decide, type Need, type Policy } from './policy.js';
import { refusal, refusalSaying } from './refusal.js';
import { isSignedWith, type Signature, signatureOf, signedAtMs } from './signature.js';

/** What a request must have to be let in; nothing, unless a tester asks for it. */
export interface Access {
  /** Whether signatures are checked. */
  verifiesSignatures: boolean;
  /** The caller's policies; `undefined` lets everything through. */
  policies: readonly Policy[] | undefined;
}

const SKEW_MS = 5 * 60 * 1000;
const S3_SKEW_MS = 15 * 60 * 1000;

/** Lets a request in, or throws what AWS answers instead: first its signature is looked at, then its caller's policies. */
export function admit(request: HttpRequest, exchange: Exchange, state: SandboxState): void {
  const { verifiesSignatures, policies } = state.access;
  if ((!verifiesSignatures && policies === undefined) || exchange.isUnknown === true) return;
  const signature = signatureOf(request);
  if (signature === undefined) throw refusal(exchange.service ?? '', 'no-token');
  if (signature === 'incomplete') throw refusal(exchange.service ?? '', 'incomplete');
  if (verifiesSignatures) assertSigned(request, signature, state);
  if (policies === undefined) return;
  const call = {
    operation: exchange.operation,
    input: membersOf(request),
    request,
    region: regionOf(request, state).name,
    account: state.settings.account,
  };
  for (const need of needsOf(signature.service, call)) {
    const decision = decide(policies, need);
    state.log(`Policy: ${decision} ${need.action} on ${need.resource}`, 'policy');
    if (decision !== 'allowed') throw denial(signature.service, need, decision, state.settings.account);
  }
}

function assertSigned(request: HttpRequest, signature: Signature, state: SandboxState): void {
  const { service, accessKeyId } = signature;
  if (accessKeyId !== CALLER.accessKeyId || request.headers['x-amz-security-token'] !== undefined) {
    throw refusal(service, 'unknown-key');
  }
  if (!isSignedWith(request, signature, CALLER.secretAccessKey)) throw refusal(service, 'wrong-signature');
  assertFresh(signature, state.clock.now());
}

/** A signature is good for some minutes around its time, a presigned URL for as long as it says. */
function assertFresh(signature: Signature, nowMs: number): void {
  const { service, signedAt, validMs } = signature;
  const madeMs = signedAtMs(signature);
  const skewMs = service === 's3' ? S3_SKEW_MS : SKEW_MS;
  const oldestMs = nowMs - (validMs ?? skewMs);
  if (madeMs >= oldestMs && madeMs <= nowMs + skewMs) return;
  if (service === 's3') {
    throw validMs === undefined
      ? refusalSaying(service, 'skewed', 'The difference between the request time and the current time is too large.')
      : refusalSaying(service, 'denied', 'Request has expired');
  }
  const minutes = Math.round((validMs ?? skewMs) / 60_000);
  const message =
    madeMs < oldestMs
      ? `Signature expired: ${signedAt} is now earlier than ${stamp(oldestMs)} (${stamp(nowMs)} - ${minutes} min.)`
      : `Signature not yet current: ${signedAt} is still later than ${stamp(nowMs + skewMs)} (${stamp(nowMs)} + ${minutes} min.)`;
  throw refusalSaying(service, 'skewed', message);
}

function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** The text in which AWS denies: who, what, on what, and why. */
function denial(
  service: string,
  { action, resource }: Need,
  decision: 'denied' | 'not-allowed',
  account: string,
): AwsError {
  const why =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return refusalSaying(
    service,
    'denied',
    `User: ${callerArn(account)} is not authorized to perform: ${action}${onResource(service, resource)} ${why}`,
  );
}

function onResource(service: string, resource: string): string {
  if (service === 'monitoring' || (service === 's3' && resource === '*')) return '';
  return service === 's3' ? ` on resource: "${resource}"` : ` on resource: ${resource}`;
}
