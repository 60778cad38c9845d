import type { HttpRequest } from './http/http-answer.js';
import type { Members } from './members.js';
import type { RegionState, SandboxState } from './state.js';

/** What an operation works on: the sandbox, and the Region that the request was signed for. */
export interface Call {
  readonly state: SandboxState;
  readonly region: RegionState;
  readonly request: HttpRequest;
}

/** One operation of an AWS service: takes the request's members, gives the answer's, throws an AwsError. */
export type Operation = (input: Members, call: Call) => unknown;
