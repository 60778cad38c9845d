import { isMembers, type Members } from '../members.js';
import { type Condition, type ConditionContext, holds, parseConditions } from './policy-condition.js';
import { arnParts, matchesArn, matchesWildcard } from './wildcard.js';

/** Names, or all but those names. */
interface Selection {
  readonly patterns: readonly string[];
  readonly isInverted: boolean;
}

/** One statement of an identity-based policy. */
interface Statement {
  readonly isDeny: boolean;
  readonly actions: Selection;
  readonly resources: Selection;
  readonly conditions: readonly Condition[];
}

/** An identity-based policy, as far as the sandbox understands it; what it does not is refused when it is read. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** One action on one resource, with what conditions can ask of it. */
export interface Need {
  /** Such as `dynamodb:GetRecords`. */
  readonly action: string;
  /** An ARN, or `*` for an action that takes none. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** What policies say to a need. */
export type Decision = 'allowed' | 'not-allowed' | 'denied';

/** A policy that cannot be used; its message says what and where. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

const STATEMENT_MEMBERS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** Reads a policy document. @throws PolicyError for what IAM would refuse and for what the sandbox would have to ignore */
export function parsePolicy(json: unknown): Policy {
  if (!isMembers(json)) throw new PolicyError('A policy is a JSON object with a "Statement"');
  const version = json['Version'];
  if (version !== undefined && version !== '2012-10-17') {
    throw new PolicyError('"Version" of a policy must be "2012-10-17"');
  }
  assertKnown(json, ['Version', 'Id', 'Statement'], 'the policy');
  const given = json['Statement'];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return { statements: list.map((statement, at) => parseStatement(statement, `Statement[${at}]`)) };
}

function parseStatement(statement: unknown, where: string): Statement {
  if (!isMembers(statement)) throw new PolicyError(`${where} must be an object`);
  assertKnown(statement, STATEMENT_MEMBERS, where);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`"Effect" of ${where} must be Allow or Deny`);
  const actions = parseSelection(statement, 'Action', where);
  const resources = parseSelection(statement, 'Resource', where);
  for (const action of actions.patterns) {
    if (action !== '*' && !action.includes(':')) throw new PolicyError(`${where}: ${action} is no action`);
  }
  for (const resource of resources.patterns) {
    if (resource !== '*' && arnParts(resource).length < 6) {
      throw new PolicyError(`${where}: ${resource} is neither an ARN nor "*"`);
    }
  }
  return {
    isDeny: effect === 'Deny',
    actions,
    resources,
    conditions: parseConditions(statement['Condition'], where, message => new PolicyError(message)),
  };
}

function parseSelection(statement: Members, name: 'Action' | 'Resource', where: string): Selection {
  const plain = statement[name];
  const inverted = statement[`Not${name}`];
  if ((plain === undefined) === (inverted === undefined)) {
    throw new PolicyError(`${where} must have one of "${name}" and "Not${name}"`);
  }
  const given = plain ?? inverted;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const patterns = list.map(each => {
    if (typeof each !== 'string') throw new PolicyError(`"${name}" of ${where} must be a text or a list of texts`);
    if (each.includes('${')) throw new PolicyError(`${where}: the sandbox knows no policy variables, as in ${each}`);
    return each;
  });
  return { patterns, isInverted: plain === undefined };
}

function assertKnown(members: Members, known: readonly string[], where: string): void {
  const unknown = Object.keys(members).find(name => !known.includes(name));
  if (unknown !== undefined) throw new PolicyError(`"${unknown}" has no place in ${where} of an identity-based policy`);
}

/** What policies together say: a deny wins over every allow, and what nothing allows is not allowed. */
export function decide(policies: readonly Policy[], need: Need): Decision {
  const applying = policies.flatMap(({ statements }) => statements).filter(statement => applies(statement, need));
  if (applying.some(({ isDeny }) => isDeny)) return 'denied';
  return applying.length > 0 ? 'allowed' : 'not-allowed';
}

function applies({ actions, resources, conditions }: Statement, { action, resource, context }: Need): boolean {
  const selects = ({ patterns, isInverted }: Selection, matches: (pattern: string) => boolean): boolean =>
    patterns.some(matches) !== isInverted;
  return (
    selects(actions, pattern => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())) &&
    selects(resources, pattern => matchesArn(pattern, resource)) &&
    conditions.every(condition => holds(condition, context))
  );
}
