import { parseDocument } from 'yaml';
import { usageError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import { type WorkloadTexts, workloadFields } from './fields.js';

/**
 * Reads a workload file: YAML or JSON, an object whose keys are the fields, with values as they are typed on the command
 * line. Only `fields` may stand in it; a list is given where a flag would be repeated, `true` for a switch.
 * @throws DdbxError `usage` that says where
 */
export function parseWorkloadFile(text: string, path: string): WorkloadTexts {
  const document = parseDocument(text, { uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) throw usageError(`${path} is not YAML: ${fault.message.split('\n')[0] ?? ''}`);
  const content: unknown = document.toJS();
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw usageError(`${path} does not describe a workload.`, EXAMPLE);
  }
  return new Map(Object.entries(content).map(([key, value]) => [key, textsOf(key, value, path)]));
}

const EXAMPLE = 'It has a field a line, such as "writes: 100M/day"; ddbx cost estimate --help lists the fields.';

function textsOf(key: string, value: unknown, path: string): readonly string[] {
  const field = workloadFields.find(({ name }) => name === key);
  if (field === undefined) {
    const [near] = nearNames(
      key,
      workloadFields.map(({ name }) => name),
    );
    throw usageError(`${path}: there is no field ${key}.`, near === undefined ? EXAMPLE : `Did you mean ${near}?`);
  }
  if (field.value === undefined) {
    if (typeof value !== 'boolean') throw usageError(`${path}: ${key} is true or false, not ${JSON.stringify(value)}.`);
    return value ? ['true'] : [];
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > 1 && field.list !== true) throw usageError(`${path}: ${key} takes one value, not a list.`);
  return values.map(each => {
    if (typeof each === 'string' && each !== '') return each;
    if (typeof each === 'number') return String(each);
    throw usageError(`${path}: ${key} takes ${field.value ?? 'a text'}, not ${JSON.stringify(each)}.`);
  });
}
