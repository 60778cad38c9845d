import { isAwsError } from '../aws/aws-error.js';
import type { PreflightFacts } from './preflight-facts.js';

/** How a check came out. AWS refuses after a `fail`; a `warn` is something to know first. */
export type CheckLevel = 'pass' | 'warn' | 'fail';

/** One thing that was checked before a replica is added. */
export interface Check {
  /** Stable kebab-case name, for scripts. */
  readonly id: string;
  /** The Region it is about; undefined for the table as a whole. */
  readonly region: string | undefined;
  readonly level: CheckLevel;
  /** What is so. */
  readonly fact: string;
  /** What to do about it; the next thing to type where there is one. */
  readonly mend: string | undefined;
}

/** Judges the facts about one thing; asks nothing. */
export type Checker = (facts: PreflightFacts) => readonly Check[];

/** A check that came out well. */
export function pass(id: string, fact: string, region?: string): Check {
  return { id, region, level: 'pass', fact, mend: undefined };
}

/** Something to know before going on. */
export function warn(id: string, fact: string, mend?: string, region?: string): Check {
  return { id, region, level: 'warn', fact, mend };
}

/** Something that AWS refuses. */
export function fail(id: string, fact: string, mend: string, region?: string): Check {
  return { id, region, level: 'fail', fact, mend };
}

/** Why something could not be found out, short. */
export function reasonOf(error: unknown): string {
  if (!isAwsError(error)) return 'the reason is not known';
  if (error.kind === 'unknown-operation') return `the endpoint does not know ${error.operation}`;
  return error.kind === 'denied' ? `access to ${error.operation} is denied` : `${error.operation}: ${error.message}`;
}
