import type { JsonScalar } from './json-tree.js';

/**
 * A filter pattern that is valid: what stands in it, and where. Made by `parsePattern`, used by `compileMatcher`.
 *
 * The language is that of Lambda's event filtering (FACTS B.6): the members of an object must all hold, the
 * conditions of a list are alternatives.
 */
export interface Pattern {
  /** As it was written. */
  readonly text: string;
  readonly root: PatternObject;
}

/** Clauses that must all hold of one object of the record. */
export interface PatternObject {
  readonly kind: 'object';
  /** Offset in the text, as everywhere below. */
  readonly at: number;
  readonly clauses: readonly PatternClause[];
}

/** A member of a pattern's object. */
export type PatternClause = PatternField | PatternOr;

/** A name, and what must hold of the value that the record has under it. */
export interface PatternField {
  readonly kind: 'field';
  readonly name: string;
  readonly at: number;
  readonly value: PatternObject | PatternLeaf;
}

/** `$or`: at least one of the branches must hold of the same object. */
export interface PatternOr {
  readonly kind: 'or';
  readonly at: number;
  readonly branches: readonly PatternObject[];
}

/** A list of conditions, one of which must hold of a value without members. */
export interface PatternLeaf {
  readonly kind: 'leaf';
  readonly at: number;
  readonly conditions: readonly LeafCondition[];
}

/** A condition and where it stands. */
export interface LeafCondition {
  readonly at: number;
  readonly condition: Condition;
}

/** What can be asked of a value. */
export type Condition = ValueCondition | { readonly kind: 'exists'; readonly isWanted: boolean };

/** What can be asked of a value that is there. */
export type ValueCondition =
  | { readonly kind: 'equals'; readonly value: JsonScalar }
  | { readonly kind: 'equals-ignore-case'; readonly text: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string; readonly ignoresCase: boolean }
  | { readonly kind: 'numeric'; readonly bounds: readonly NumericBound[] }
  /** `literals` are what stands between the asterisks; `a*b` has two, `*` two empty ones. */
  | { readonly kind: 'wildcard'; readonly text: string; readonly literals: readonly string[] }
  | { readonly kind: 'cidr'; readonly text: string; readonly range: AddressRange }
  /** Holds when none of `none` does. */
  | { readonly kind: 'anything-but'; readonly none: readonly ValueCondition[] };

/** One side of a range, or `=`. */
export interface NumericBound {
  readonly operator: NumericOperator;
  readonly value: number;
}

/** How a number is compared. */
export type NumericOperator = '=' | '<' | '<=' | '>' | '>=';

/** Addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** The name of a condition as a pattern spells it; a bare value is `equals`. */
export type ConditionKind = Condition['kind'];
