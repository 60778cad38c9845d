import { isMembers } from '../members.js';
import { matchesArn, matchesWildcard } from './wildcard.js';

/** The condition keys that the sandbox can answer, and their values for one need; keys in lower case. */
export type ConditionContext = ReadonlyMap<string, string>;

/** One operator on one key. */
export interface Condition {
  /** In lower case: condition keys have no case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly matches: (value: string, wanted: string) => boolean;
  readonly isNegated: boolean;
  /** What it says of a need that does not have the key. */
  readonly ifMissing: boolean;
}

/**
 * The keys that there are in the sandbox; a policy that asks for another would be half ignored. No need has the last one:
 * the sandbox makes no roles, and a policy that allows to make one is right all the same.
 */
const KEYS: readonly string[] = ['aws:requestedregion', 'lambda:functionarn', 'iam:awsservicename'];

const OPERATORS: ReadonlyMap<string, Condition['matches']> = new Map([
  ['StringEquals', (value, wanted) => value === wanted],
  ['StringEqualsIgnoreCase', (value, wanted) => value.toLowerCase() === wanted.toLowerCase()],
  ['StringLike', (value, wanted) => matchesWildcard(wanted, value)],
  ['ArnEquals', (value, wanted) => matchesArn(wanted, value)],
  ['ArnLike', (value, wanted) => matchesArn(wanted, value)],
]);

/** Reads the `Condition` of a statement; `refuse` makes the error for what the sandbox does not know. */
export function parseConditions(
  condition: unknown,
  where: string,
  refuse: (message: string) => Error,
): readonly Condition[] {
  if (condition === undefined) return [];
  if (!isMembers(condition)) throw refuse(`"Condition" of ${where} must be an object`);
  return Object.entries(condition).flatMap(([operator, keys]) => {
    const base = operator.replace(/IfExists$/, '');
    const isNegated = /^(?:String|Arn)Not/.test(base);
    const matches = OPERATORS.get(base.replace(/^(String|Arn)Not/, '$1'));
    if (matches === undefined || !isMembers(keys)) {
      throw refuse(`${where}: the sandbox knows no condition operator ${operator}; it knows ${operatorNames()}`);
    }
    return Object.entries(keys).map(([key, given]) => {
      if (!KEYS.includes(key.toLowerCase())) {
        throw refuse(`${where}: the sandbox knows no condition key ${key}; it knows ${KEYS.join(', ')}`);
      }
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      const values = list.map(String);
      return { key: key.toLowerCase(), values, matches, isNegated, ifMissing: isNegated || base !== operator };
    });
  });
}

function operatorNames(): string {
  return [...OPERATORS.keys()].join(', ');
}

/** Whether a condition holds for a need. */
export function holds({ key, values, matches, isNegated, ifMissing }: Condition, context: ConditionContext): boolean {
  const value = context.get(key);
  if (value === undefined) return ifMissing;
  return values.some(wanted => matches(value, wanted)) !== isNegated;
}
