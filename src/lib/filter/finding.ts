import type { PatternPath } from './pattern-fault.js';

/**
 * What a finding means: Lambda refuses the filter; it takes it, and the filter does not do what it says; or it does, in
 * a way worth knowing.
 */
export type Severity = 'error' | 'warning' | 'note';

/** The kinds of findings; published, so only ever added to. */
export type FindingId =
  /** Lambda would answer `Invalid filter pattern definition.` */
  | 'invalid-pattern'
  | 'too-many-filters'
  /** An attribute without its type, or under something that is none. */
  | 'type-descriptor'
  /** `exists` on something that has members (FACTS B.6). */
  | 'exists-not-leaf'
  | 'numeric-on-text'
  /** A value of a kind that never stands there, such as a number under `N`. */
  | 'wrong-kind'
  /** A number that DynamoDB would write in another way. */
  | 'number-text'
  | 'unknown-value'
  | 'unknown-member'
  /** `body`, `data`, `Records`: the wrapper of another source, or of the whole event. */
  | 'wrapper'
  | 'view-type'
  /** An image that the records of these events do not have. */
  | 'missing-image'
  /** An operator that Lambda's table does not list (FACTS B.6). */
  | 'unverified-operator'
  | 'numeric-range'
  | 'reserved-name'
  | 'path-twice';

/** Something about a filter that its author should know. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly path: PatternPath;
  /** Offset in the pattern's text. */
  readonly at: number;
  /** A sentence without its full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string | undefined;
}

/** Of the records that a stream can hold, a filter passes none, all, or those that fit. */
export type Outcome = 'never' | 'always' | 'depends';

/** What conditions amount to that must all hold. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('never')) return 'never';
  return outcomes.every(outcome => outcome === 'always') ? 'always' : 'depends';
}

/** What conditions amount to of which one must hold. */
export function anyOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('always')) return 'always';
  return outcomes.every(outcome => outcome === 'never') ? 'never' : 'depends';
}
