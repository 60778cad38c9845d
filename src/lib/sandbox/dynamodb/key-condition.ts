import type { AttributeValue } from '../../model/attribute-value.js';
import { validationError } from '../aws-error.js';
import { typeOf } from './attribute-value.js';
import { type Condition, type Operand, parseCondition } from './expressions/condition.js';
import type { Placeholders } from './expressions/placeholders.js';
import { type KeyNames, type KeyTypes, keyAttributes } from './key.js';

/** What a Query asks for: one partition, and a condition on the sort key. */
export interface KeyCondition {
  readonly hash: AttributeValue;
  readonly range: Condition | undefined;
}

const NOT_SUPPORTED = 'Query key condition not supported';

/** Reads a KeyConditionExpression: the partition key equal to a value, and at most one condition on the sort key. */
export function parseKeyCondition(
  text: string,
  placeholders: Placeholders,
  keys: KeyNames,
  types: KeyTypes,
): KeyCondition {
  const parts = conjuncts(parseCondition('KeyConditionExpression', text, placeholders));
  let hash: AttributeValue | undefined;
  let range: Condition | undefined;
  for (const part of parts) {
    const { name, values } = keyPart(part);
    if (!keyAttributes(keys).includes(name)) {
      throw validationError(`Query condition missed key schema element: ${missing(keys, parts)}`);
    }
    for (const value of values) assertType(name, value, types, part);
    if (name === keys.hash) {
      const [value] = values;
      if (hash !== undefined || part.kind !== 'compare' || part.comparator !== '=' || value === undefined) {
        throw validationError(NOT_SUPPORTED);
      }
      hash = value;
    } else {
      if (range !== undefined) throw validationError('KeyConditionExpressions must only contain one condition per key');
      range = part;
    }
  }
  if (hash === undefined) throw validationError(`Query condition missed key schema element: ${keys.hash}`);
  return { hash, range };
}

function conjuncts(condition: Condition): readonly Condition[] {
  if (condition.kind === 'and') return condition.parts.flatMap(conjuncts);
  return [condition];
}

function keyPart(part: Condition): { readonly name: string; readonly values: readonly AttributeValue[] } {
  switch (part.kind) {
    case 'compare':
      if (part.comparator === '<>') throw operatorError('<>');
      return { name: nameOf(part.left), values: [valueOf(part.right)] };
    case 'between':
      return { name: nameOf(part.operand), values: [valueOf(part.low), valueOf(part.high)] };
    case 'begins-with':
      return { name: nameOf(part.operand), values: [valueOf(part.part)] };
    case 'or':
      throw operatorError('OR');
    case 'not':
      throw operatorError('NOT');
    case 'in':
      throw operatorError('IN');
    default:
      throw operatorError(part.kind === 'exists' ? 'attribute_exists' : part.kind);
  }
}

function operatorError(operator: string) {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function nameOf(operand: Operand): string {
  if (operand.kind !== 'path' || operand.path.length > 1) throw validationError(NOT_SUPPORTED);
  return operand.path[0];
}

function valueOf(operand: Operand): AttributeValue {
  if (operand.kind !== 'value') throw validationError(NOT_SUPPORTED);
  return operand.value;
}

function missing(keys: KeyNames, parts: readonly Condition[]): string {
  const named = parts.map(part => keyPart(part).name);
  return keyAttributes(keys).find(name => !named.includes(name)) ?? keys.hash;
}

function assertType(name: string, value: AttributeValue, types: KeyTypes, part: Condition): void {
  const isNumberPrefix = part.kind === 'begins-with' && 'N' in value;
  if (typeOf(value) === types.get(name) && !isNumberPrefix) return;
  throw validationError(
    'One or more parameter values were invalid: Condition parameter type does not match schema type',
  );
}
