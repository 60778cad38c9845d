import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import { sameValue, setMembers, typeOf } from '../attribute-value.js';
import { compareKeys } from '../key.js';
import { type Comparator, type Condition, type Operand, operandValue } from './condition.js';
import { valueAt } from './paths.js';

/** Whether an item, or nothing (an empty map), satisfies a condition. */
export function satisfies(item: AttributeMap, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every(part => satisfies(item, part));
    case 'or':
      return condition.parts.some(part => satisfies(item, part));
    case 'not':
      return !satisfies(item, condition.part);
    case 'exists':
      return (valueAt(item, condition.path) !== undefined) === condition.wanted;
    case 'type': {
      const value = valueAt(item, condition.path);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case 'compare':
      return compares(item, condition.comparator, condition.left, condition.right);
    case 'between':
      return (
        compares(item, '>=', condition.operand, condition.low) &&
        compares(item, '<=', condition.operand, condition.high)
      );
    case 'in':
      return condition.choices.some(choice => compares(item, '=', condition.operand, choice));
    case 'begins-with':
      return both(item, condition.operand, condition.part, beginsWith);
    case 'contains':
      return both(item, condition.operand, condition.part, contains);
  }
}

function both(
  item: AttributeMap,
  left: Operand,
  right: Operand,
  test: (a: AttributeValue, b: AttributeValue) => boolean,
): boolean {
  const a = operandValue(left, item);
  const b = operandValue(right, item);
  return a !== undefined && b !== undefined && test(a, b);
}

function compares(item: AttributeMap, comparator: Comparator, left: Operand, right: Operand): boolean {
  const a = operandValue(left, item);
  const b = operandValue(right, item);
  if (a === undefined || b === undefined) return comparator === '<>' && a !== b;
  if (comparator === '=') return sameValue(a, b);
  if (comparator === '<>') return !sameValue(a, b);
  const type = typeOf(a);
  if (type !== typeOf(b) || (type !== 'S' && type !== 'N' && type !== 'B')) return false;
  const order = compareKeys(a, b);
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function beginsWith(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value && 'S' in part) return value.S.startsWith(part.S);
  if (!('B' in value && 'B' in part)) return false;
  const wanted = Buffer.from(part.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, wanted.length).equals(wanted);
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value && 'S' in part) return value.S.includes(part.S);
  if ('B' in value && 'B' in part) return Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in value) return value.L.some(member => sameValue(member, part));
  const members = setMembers(value);
  if (members === undefined) return false;
  const isOfSet = typeOf(value) === `${typeOf(part)}S`;
  return isOfSet && members.some(member => member === scalarText(part));
}

function scalarText(value: AttributeValue): string | undefined {
  if ('S' in value) return value.S;
  if ('N' in value) return value.N;
  return 'B' in value ? value.B : undefined;
}
