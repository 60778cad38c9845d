import { serializationError, validationError } from './aws-error.js';

/** The members of a request, as JSON gave them. */
export type Members = Readonly<Record<string, unknown>>;

/** A whole JSON object; anything else is a SerializationException, as at AWS. */
export function asMembers(value: unknown, what = 'The request'): Members {
  if (!isMembers(value)) throw serializationError(`${what} must be a JSON object`);
  return value;
}

/** Whether a JSON value is an object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string that may be absent. */
export function optionalString(input: Members, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(value, 'String');
  return value;
}

/** A string that must be there. */
export function requiredString(input: Members, name: string): string {
  return optionalString(input, name) ?? missing(name);
}

/** A boolean that may be absent. */
export function optionalBoolean(input: Members, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongType(value, 'Boolean');
  return value;
}

/** A whole number within its bounds, or absent. */
export function optionalInteger(
  input: Members,
  name: string,
  bounds: { readonly min?: number; readonly max?: number } = {},
): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'Integer');
  if (bounds.min !== undefined && value < bounds.min) {
    throw constraint(value, name, `Member must have value greater than or equal to ${bounds.min}`);
  }
  if (bounds.max !== undefined && value > bounds.max) {
    throw constraint(value, name, `Member must have value less than or equal to ${bounds.max}`);
  }
  return value;
}

/** A whole number within its bounds that must be there. */
export function requiredInteger(
  input: Members,
  name: string,
  bounds: { readonly min?: number; readonly max?: number } = {},
): number {
  return optionalInteger(input, name, bounds) ?? missing(name);
}

/** A list that may be absent. */
export function optionalList(input: Members, name: string): readonly unknown[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(value, 'List');
  const list: readonly unknown[] = value;
  return list;
}

/** A list that must be there. */
export function requiredList(input: Members, name: string): readonly unknown[] {
  return optionalList(input, name) ?? missing(name);
}

/** An object that may be absent. */
export function optionalMembers(input: Members, name: string): Members | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!isMembers(value)) throw wrongType(value, 'Map');
  return value;
}

/** An object that must be there. */
export function requiredMembers(input: Members, name: string): Members {
  return optionalMembers(input, name) ?? missing(name);
}

/** One of the values that the API's model names, or absent. */
export function optionalChoice<T extends string>(input: Members, name: string, choices: readonly T[]): T | undefined {
  const value = optionalString(input, name);
  if (value === undefined) return undefined;
  const choice = choices.find(each => each === value);
  if (choice === undefined) {
    throw constraint(value, name, `Member must satisfy enum value set: [${choices.join(', ')}]`);
  }
  return choice;
}

/** One of the values that the API's model names. */
export function requiredChoice<T extends string>(input: Members, name: string, choices: readonly T[]): T {
  return optionalChoice(input, name, choices) ?? missing(name);
}

/** The text in which AWS refuses a member that its model does not allow. */
function constraint(value: string | number | null, name: string, rule: string) {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const shown = value === null ? 'null' : `'${value}'`;
  return validationError(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

function missing(name: string): never {
  throw constraint(null, name, 'Member must not be null');
}

function wrongType(value: unknown, wanted: string) {
  return serializationError(`${jsonType(value)} cannot be converted to ${wanted}`);
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'Start of list';
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'number':
      return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    default:
      return 'Start of structure or map';
  }
}
