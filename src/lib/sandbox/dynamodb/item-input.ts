import type { AttributeMap } from '../../model/attribute-value.js';
import { AwsError, notServed, validationError } from '../aws-error.js';
import { type Members, optionalChoice, optionalString, requiredMembers } from '../members.js';
import { emptyAttributes, parseAttributes } from './attribute-value.js';
import { applyUpdate } from './expressions/apply-update.js';
import { type Condition, parseCondition } from './expressions/condition.js';
import { satisfies } from './expressions/evaluate.js';
import { Placeholders } from './expressions/placeholders.js';
import { parseUpdate, type UpdateAction } from './expressions/update.js';
import { checkedKey, keyAttributes, keyOfItem } from './key.js';
import type { Table } from './table.js';
import { assertStorable } from './write.js';

/** The parameters from before expressions. */
const LEGACY = [
  'Expected',
  'AttributeUpdates',
  'ConditionalOperator',
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

/** Refuses the parameters from before expressions instead of ignoring them. */
export function assertNoLegacyParameters(operation: string, input: Members): void {
  const legacy = LEGACY.find(name => input[name] !== undefined);
  if (legacy !== undefined) throw notServed(operation, `the legacy parameter ${legacy}`);
}

/** The key that a request names. */
export function parseKey(input: Members, table: Table): AttributeMap {
  return checkedKey(parseAttributes(requiredMembers(input, 'Key')), table.keys, table.keyTypes);
}

/** A single write as a request describes it, before it meets the item that is there. */
export interface PlannedWrite {
  readonly table: Table;
  readonly key: AttributeMap;
  readonly condition: Condition | undefined;
  /** The item after the write, made from the one before it; `undefined` when it is deleted. */
  readonly produce: (oldItem: AttributeMap | undefined) => AttributeMap | undefined;
  /** The actions of an update expression. */
  readonly actions: readonly UpdateAction[];
}

/** Reads a Put. */
export function planPut(input: Members, table: Table): PlannedWrite {
  const item = parseAttributes(requiredMembers(input, 'Item'));
  const key = keyOfItem(item, table.keys, table.keyTypes);
  const condition = parseOwnCondition(input);
  assertStorable(table, item);
  return { table, key, condition, produce: () => item, actions: [] };
}

/** Reads a Delete. */
export function planDelete(input: Members, table: Table): PlannedWrite {
  return {
    table,
    key: parseKey(input, table),
    condition: parseOwnCondition(input),
    produce: () => undefined,
    actions: [],
  };
}

/** Reads a ConditionCheck of a transaction: it leaves the item as it is. */
export function planCheck(input: Members, table: Table): PlannedWrite {
  return {
    table,
    key: parseKey(input, table),
    condition: parseOwnCondition(input),
    produce: item => item,
    actions: [],
  };
}

/** Reads an Update. */
export function planUpdate(input: Members, table: Table): PlannedWrite {
  const key = parseKey(input, table);
  const placeholders = new Placeholders(input, ['UpdateExpression', 'ConditionExpression']);
  const expression = optionalString(input, 'UpdateExpression');
  const actions = expression === undefined ? [] : parseUpdate(expression, placeholders);
  const condition = conditionWith(input, placeholders);
  placeholders.assertAllUsed();
  const keyName = keyAttributes(table.keys).find(name => actions.some(action => action.path[0] === name));
  if (keyName !== undefined) {
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${keyName}. This attribute is part of the key`,
    );
  }
  const produce = (oldItem: AttributeMap | undefined): AttributeMap => {
    const item = applyUpdate(oldItem ?? key, actions);
    assertStorable(table, item);
    return item;
  };
  return { table, key, condition, produce, actions };
}

function parseOwnCondition(input: Members): Condition | undefined {
  const placeholders = new Placeholders(input, ['ConditionExpression']);
  const condition = conditionWith(input, placeholders);
  placeholders.assertAllUsed();
  return condition;
}

function conditionWith(input: Members, placeholders: Placeholders): Condition | undefined {
  const text = optionalString(input, 'ConditionExpression');
  return text === undefined ? undefined : parseCondition('ConditionExpression', text, placeholders);
}

/** Whether the item that is there lets the write happen. */
export function isAllowed({ condition }: PlannedWrite, oldItem: AttributeMap | undefined): boolean {
  return condition === undefined || satisfies(oldItem ?? emptyAttributes(), condition);
}

/** What AWS answers when a condition does not hold; with the item when the request asks for it. */
export function conditionFailed(input: Members, oldItem: AttributeMap | undefined): AwsError {
  const wanted = optionalChoice(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE'] as const);
  const members = wanted === 'ALL_OLD' && oldItem !== undefined ? { Item: oldItem } : {};
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
}
