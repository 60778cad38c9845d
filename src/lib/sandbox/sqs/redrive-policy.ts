import { AwsError } from '../aws-error.js';
import { isMembers, type Members } from '../members.js';
import type { RegionState, SandboxState } from '../state.js';
import type { Queue } from './queue.js';
import { invalidParameter } from './sqs-error.js';

/** When a queue gives a message up, and to which queue of its Region. */
export interface RedrivePolicy {
  readonly targetArn: string;
  readonly targetName: string;
  readonly maxReceiveCount: number;
}

const MAX_RECEIVES = 1000;
const MAX_SOURCES = 10;
const PERMISSIONS: readonly unknown[] = ['allowAll', 'denyAll', 'byQueue'];

/** The redrive policy of a queue, which was checked when it was set; `undefined` when it has none. */
export function parseRedrivePolicy(queue: Queue): RedrivePolicy | undefined {
  const text = queue.attributes.get('RedrivePolicy');
  return text === undefined ? undefined : policyOf(parseJson(text, 'RedrivePolicy'));
}

function policyOf(policy: Members): RedrivePolicy {
  const targetArn = String(policy['deadLetterTargetArn']);
  return {
    targetArn,
    targetName: targetArn.split(':')[5] ?? '',
    maxReceiveCount: Number(policy['maxReceiveCount']),
  };
}

/** Checks a redrive policy for the queue of this ARN; gives the text that SQS keeps. */
export function checkRedrivePolicy(
  text: string,
  source: { readonly arn: string; readonly isFifo: boolean },
  { settings }: SandboxState,
  region: RegionState,
): string {
  const given = parseJson(text, 'RedrivePolicy');
  const refuse = (reason: string): AwsError => invalidParameter(text, 'RedrivePolicy', reason);
  for (const member of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (given[member] === undefined) throw refuse(`Redrive policy does not contain mandatory attribute: ${member}.`);
  }
  if (Object.keys(given).length > 2) {
    throw refuse('Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].');
  }
  const { targetArn, targetName, maxReceiveCount } = policyOf(given);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > MAX_RECEIVES) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(given['maxReceiveCount'])}, valid values are from 1 to ${MAX_RECEIVES} both inclusive.`,
    );
  }
  if (!/^arn:[^:]+:sqs:[^:]*:\d{12}:[^:]+$/.test(targetArn)) throw refuse('Invalid value for deadLetterTargetArn.');
  const isHere = targetArn.startsWith(`arn:aws:sqs:${region.name}:${settings.account}:`);
  const isSelf = targetArn === source.arn;
  const target = isHere ? region.sqs.queues.get(targetName) : undefined;
  // FACTS C: the dead-letter queue is in the same account and Region.
  if (target === undefined && !isSelf) throw refuse('Dead letter target does not exist.');
  if (target !== undefined && target.isFifo !== source.isFifo) {
    throw refuse('Dead-letter queue must be same type of queue as the source.');
  }
  if (target !== undefined && !allowsSource(target, source.arn)) {
    throw refuse('Dead-letter queue does not allow this queue as a source queue.');
  }
  return JSON.stringify({ deadLetterTargetArn: targetArn, maxReceiveCount });
}

/** Checks the attribute in which a dead-letter queue says whose it will be; gives the text that SQS keeps. */
export function checkRedriveAllowPolicy(text: string): string {
  const policy = parseJson(text, 'RedriveAllowPolicy');
  const refuse = (reason: string): AwsError => invalidParameter(text, 'RedriveAllowPolicy', reason);
  const { redrivePermission: permission, sourceQueueArns } = policy;
  const sources: readonly unknown[] | undefined = Array.isArray(sourceQueueArns) ? sourceQueueArns : undefined;
  if (!PERMISSIONS.includes(permission)) throw unsupportedFormat('RedriveAllowPolicy');
  if (permission === 'byQueue' && (sources === undefined || sources.length === 0)) {
    throw refuse(
      "Amazon SQS can't create the redrive allow policy. When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
    );
  }
  if (permission !== 'byQueue' && sources !== undefined) {
    throw refuse(
      "Amazon SQS can't create the redrive allow policy. To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
    );
  }
  if (sources !== undefined && sources.length > MAX_SOURCES) {
    throw refuse(
      `Amazon SQS can't create the redrive allow policy. The maximum number of source queue ARNs you can specify is ${MAX_SOURCES}.`,
    );
  }
  return JSON.stringify({
    redrivePermission: permission,
    ...(sources === undefined ? {} : { sourceQueueArns: sources }),
  });
}

function allowsSource(target: Queue, sourceArn: string): boolean {
  const text = target.attributes.get('RedriveAllowPolicy');
  if (text === undefined) return true;
  const { redrivePermission, sourceQueueArns } = parseJson(text, 'RedriveAllowPolicy');
  if (redrivePermission === 'byQueue') return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
  return redrivePermission === 'allowAll';
}

/** The queues of a Region that give their messages up to this one. */
export function deadLetterSources(queue: Queue, region: RegionState): readonly Queue[] {
  return [...region.sqs.queues.values()].filter(source => parseRedrivePolicy(source)?.targetArn === queue.arn);
}

function parseJson(text: string, name: string): Members {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isMembers(parsed)) return parsed;
  } catch {
    throw unsupportedFormat(name);
  }
  throw unsupportedFormat(name);
}

function unsupportedFormat(name: string): AwsError {
  const reason =
    name === 'RedrivePolicy'
      ? 'Redrive policy is not a valid JSON map.'
      : "Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.";
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}. Reason: ${reason}`);
}
