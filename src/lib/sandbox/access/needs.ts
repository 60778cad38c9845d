import { isMembers, type Members } from '../members.js';
import { type HttpRequest, headerOf } from '../http/http-answer.js';
import { contentOf } from '../http/content.js';
import { dynamodbNeeds } from './dynamodb-needs.js';
import { kmsNeeds } from './kms-needs.js';
import { lambdaNeeds } from './lambda-needs.js';
import type { Need } from './policy.js';
import { sqsNeeds } from './sqs-needs.js';
import { s3Needs } from './s3-needs.js';
import { snsNeeds } from './sns-needs.js';

/** A request as a policy sees it. */
export interface AccessCall {
  readonly operation: string;
  /** The request's members: of its JSON, or of its form. */
  readonly input: Members;
  readonly request: HttpRequest;
  readonly region: string;
  readonly account: string;
}

/** An action and what it is done on, without what all needs of a call share. */
export interface NeededAction {
  readonly action: string;
  readonly resource: string;
  /** For the condition key `lambda:FunctionArn`. */
  readonly functionArn?: string;
  /** Another Region than the call's. */
  readonly region?: string;
}

/** What a service asks of a caller's policy. */
export type ServiceNeeds = (call: AccessCall) => readonly NeededAction[];

/** By the name that requests are signed for. */
const SERVICES: ReadonlyMap<string, ServiceNeeds> = new Map([
  ['dynamodb', dynamodbNeeds],
  ['lambda', lambdaNeeds],
  ['sqs', sqsNeeds],
  ['sns', snsNeeds],
  ['s3', s3Needs],
  ['kms', kmsNeeds],
  // Anyone may ask who they are.
  ['sts', () => []],
]);

/** Where IAM calls a service otherwise than requests are signed for it. */
const PREFIXES: ReadonlyMap<string, string> = new Map([['monitoring', 'cloudwatch']]);

/** The actions that a request needs, all of them; FACTS G. */
export function needsOf(service: string, call: AccessCall): readonly Need[] {
  const prefix = PREFIXES.get(service) ?? service;
  const needs = SERVICES.get(service)?.(call) ?? [{ action: `${prefix}:${call.operation}`, resource: '*' }];
  return needs.map(({ action, resource, functionArn, region = call.region }) => ({
    action,
    resource,
    context: new Map([
      ['aws:requestedregion', region],
      ...(functionArn === undefined ? [] : [['lambda:functionarn', functionArn] as const]),
    ]),
  }));
}

/** The members of a request in JSON or in a form; none for anything else. */
export function membersOf(request: HttpRequest): Members {
  const type = headerOf(request, 'content-type') ?? '';
  try {
    const text = contentOf(request).toString();
    if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
    const parsed: unknown = JSON.parse(text);
    return isMembers(parsed) ? parsed : {};
  } catch {
    // What cannot be read is refused by its operation, and needs nothing before that.
    return {};
  }
}
