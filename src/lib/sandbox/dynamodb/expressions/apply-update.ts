import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import { validationError } from '../../aws-error.js';
import { emptyAttributes, setMembers, typeOf } from '../attribute-value.js';
import { addDecimals, type Decimal, formatDecimal, parseDecimal, subtractDecimals } from '../decimal.js';
import { type Path, valueAt } from './paths.js';
import type { SetValue, UpdateAction } from './update.js';

/** The item that an update makes of `item`; every right-hand side is read from the item as it was. */
export function applyUpdate(item: AttributeMap, actions: readonly UpdateAction[]): AttributeMap {
  let updated = item;
  const removals: Path[] = [];
  for (const action of actions) {
    switch (action.kind) {
      case 'set':
        updated = withValue(updated, action.path, evaluate(action.value, item));
        break;
      case 'remove':
        removals.push(action.path);
        break;
      case 'add':
        updated = withValue(updated, action.path, added(valueAt(item, action.path), action.value));
        break;
      case 'delete': {
        const current = valueAt(item, action.path);
        if (current === undefined) {
          assertIsSet(action.value);
          break;
        }
        const left = without(current, action.value);
        if (left === undefined) removals.push(action.path);
        else updated = withValue(updated, action.path, left);
        break;
      }
    }
  }
  // Places in lists move when one before them goes: the last go first.
  removals.sort((a, b) => comparePlaces(b, a));
  return removals.reduce(withoutPath, updated);
}

function evaluate(value: SetValue, item: AttributeMap): AttributeValue {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'path': {
      const found = valueAt(item, value.path);
      if (found === undefined) {
        throw validationError('The provided expression refers to an attribute that does not exist in the item');
      }
      return found;
    }
    case 'if-not-exists':
      return valueAt(item, value.path) ?? evaluate(value.otherwise, item);
    case 'list-append': {
      const first = evaluate(value.first, item);
      const second = evaluate(value.second, item);
      if (!('L' in first && 'L' in second)) throw wrongOperand('L' in first ? second : first, 'list_append');
      return { L: [...first.L, ...second.L] };
    }
    case 'plus':
      return { N: formatDecimal(addDecimals(number(value.left, item, '+'), number(value.right, item, '+'))) };
    case 'minus':
      return { N: formatDecimal(subtractDecimals(number(value.left, item, '-'), number(value.right, item, '-'))) };
  }
}

function number(value: SetValue, item: AttributeMap, operator: string): Decimal {
  const found = evaluate(value, item);
  if (!('N' in found)) throw wrongOperand(found, operator);
  return parseDecimal(found.N);
}

function wrongOperand(value: AttributeValue, operator: string) {
  return validationError(
    `An operand in the update expression has an incorrect data type: operator or function: ${operator}, operand type: ${typeOf(value)}`,
  );
}

function added(current: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if ('N' in value) {
    if (current === undefined) return value;
    if (!('N' in current)) throw wrongOperand(current, 'ADD');
    return { N: formatDecimal(addDecimals(parseDecimal(current.N), parseDecimal(value.N))) };
  }
  assertIsSet(value, 'ADD');
  if (current === undefined) return value;
  if (typeOf(current) !== typeOf(value)) throw wrongOperand(current, 'ADD');
  return setOf(current, [...new Set([...(setMembers(current) ?? []), ...(setMembers(value) ?? [])])]);
}

/** A set without some of its members; `undefined` when none is left, as DynamoDB has no empty sets. */
function without(current: AttributeValue, value: AttributeValue): AttributeValue | undefined {
  assertIsSet(value);
  if (typeOf(current) !== typeOf(value)) throw wrongOperand(current, 'DELETE');
  const gone = new Set(setMembers(value));
  const left = (setMembers(current) ?? []).filter(member => !gone.has(member));
  return left.length === 0 ? undefined : setOf(current, left);
}

function setOf(like: AttributeValue, members: readonly string[]): AttributeValue {
  if ('SS' in like) return { SS: members };
  return 'NS' in like ? { NS: members } : { BS: members };
}

function assertIsSet(value: AttributeValue, operator = 'DELETE'): void {
  if (setMembers(value) === undefined) throw wrongOperand(value, operator);
}

const INVALID_PATH = 'The document path provided in the update expression is invalid for update';

function withValue(item: AttributeMap, [name, ...steps]: Path, value: AttributeValue): AttributeMap {
  const updated = copyOf(item);
  updated[name] = placed(item[name], steps, value);
  return updated;
}

function placed(
  container: AttributeValue | undefined,
  steps: readonly (string | number)[],
  value: AttributeValue,
): AttributeValue {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (container === undefined) throw validationError(INVALID_PATH);
  if (typeof step === 'number') {
    if (!('L' in container)) throw validationError(INVALID_PATH);
    const members = [...container.L];
    const at = Math.min(step, members.length);
    members[at] = placed(members[at], rest, value);
    return { L: members };
  }
  if (!('M' in container)) throw validationError(INVALID_PATH);
  const members = copyOf(container.M);
  members[step] = placed(members[step], rest, value);
  return { M: members };
}

function withoutPath(item: AttributeMap, [name, ...steps]: Path): AttributeMap {
  const updated = copyOf(item);
  const left = removed(item[name], steps);
  if (left === undefined) delete updated[name];
  else updated[name] = left;
  return updated;
}

/** What is left of a value when what lies at the end of `steps` goes; `undefined` when it is the value itself. */
function removed(value: AttributeValue | undefined, steps: readonly (string | number)[]): AttributeValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined || value === undefined) {
    if (step !== undefined) throw validationError(INVALID_PATH);
    return undefined;
  }
  if (typeof step === 'number') {
    if (!('L' in value)) throw validationError(INVALID_PATH);
    if (step >= value.L.length) return value;
    const left = removed(value.L[step], rest);
    return { L: left === undefined ? value.L.toSpliced(step, 1) : value.L.with(step, left) };
  }
  if (!('M' in value)) throw validationError(INVALID_PATH);
  if (value.M[step] === undefined && rest.length === 0) return value;
  const members = copyOf(value.M);
  const left = removed(members[step], rest);
  if (left === undefined) delete members[step];
  else members[step] = left;
  return { M: members };
}

function copyOf(attributes: AttributeMap) {
  return Object.assign(emptyAttributes(), attributes);
}

function comparePlaces(a: Path, b: Path): number {
  for (const [at, step] of a.entries()) {
    const other = b[at];
    if (typeof step === 'number' && typeof other === 'number' && step !== other) return step - other;
  }
  return a.length - b.length;
}
