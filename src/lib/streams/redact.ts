import { parsePath } from '../model/attribute-path.js';
import type { AttributeMap, AttributeValue } from '../model/attribute-value.js';
import { usageError } from '../model/error.js';
import { recordFromWire, type StreamRecord } from './stream-record.js';

const REDACTED: AttributeValue = { S: '[redacted]' };

/**
 * Compiles names and dotted paths to a function that takes what they name out of a record: from the keys and both
 * images, at any depth, in maps in lists too. `email` hides every attribute and map member of that name, `address.street`
 * every `street` right inside an `address`. It rather hides too much than too little: a name with a dot in it, written
 * without quotes, is hidden as well.
 *
 * The function answers the same record when there is nothing to hide, else a new one, with new bytes.
 *
 * @throws DdbxError (usage) for what is no path, or has an index in it.
 */
export function compileRedaction(paths: readonly string[]): (record: StreamRecord) => StreamRecord {
  const hidden = paths.flatMap(text => [namesOf(text), [text]]);
  return record => {
    const wire = record.parsed();
    const data = { ...wire.dynamodb };
    let hasChanged = false;
    for (const image of ['Keys', 'NewImage', 'OldImage'] as const) {
      const attributes = data[image];
      if (attributes === undefined) continue;
      const redacted = redactMap(attributes, [], hidden);
      if (redacted === attributes) continue;
      data[image] = redacted;
      hasChanged = true;
    }
    return hasChanged ? recordFromWire({ ...wire, dynamodb: data }) : record;
  };
}

type Names = readonly string[];

function namesOf(text: string): Names {
  const path = parsePath(text);
  const names = path.filter(segment => typeof segment === 'string');
  if (names.length < path.length) {
    throw usageError(`"${text}" names one element of a list, and elements move.`, 'Leave the index out: items.email.');
  }
  return names;
}

/** Answers the same map when nothing in it is hidden. `at` is the way here, without indices. */
function redactMap(attributes: AttributeMap, at: Names, hidden: readonly Names[]): AttributeMap {
  let hasChanged = false;
  const entries = Object.entries(attributes).map(([name, value]): [string, AttributeValue] => {
    const names = [...at, name];
    const redacted = hidden.some(path => endsWith(names, path)) ? REDACTED : redactValue(value, names, hidden);
    hasChanged ||= redacted !== value;
    return [name, redacted];
  });
  return hasChanged ? Object.fromEntries(entries) : attributes;
}

function redactValue(value: AttributeValue, at: Names, hidden: readonly Names[]): AttributeValue {
  if ('M' in value) {
    const M = redactMap(value.M, at, hidden);
    return M === value.M ? value : { M };
  }
  if ('L' in value) {
    const L = value.L.map(element => redactValue(element, at, hidden));
    return L.some((element, index) => element !== value.L[index]) ? { L } : value;
  }
  return value;
}

function endsWith(names: Names, path: Names): boolean {
  const from = names.length - path.length;
  return from >= 0 && path.every((name, index) => name === names[from + index]);
}
