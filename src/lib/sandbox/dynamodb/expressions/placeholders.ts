import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import { serializationError, validationError } from '../../aws-error.js';
import { type Members, optionalMembers } from '../../members.js';
import { parseAttributes } from '../attribute-value.js';

/** ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions used. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: AttributeMap;
  readonly #hasExpressions: boolean;
  readonly #used = new Set<string>();

  /** `expressions` are the names of the members that may use placeholders. */
  constructor(input: Members, expressions: readonly string[]) {
    this.#names = new Map(Object.entries(optionalMembers(input, 'ExpressionAttributeNames') ?? {}).map(nameEntry));
    const values = optionalMembers(input, 'ExpressionAttributeValues');
    this.#values = parseAttributes(values ?? {});
    this.#hasExpressions = expressions.some(name => input[name] !== undefined);
    if (values !== undefined && Object.keys(values).length === 0) {
      throw validationError('ExpressionAttributeValues must not be empty');
    }
    for (const name of Object.keys(this.#values)) {
      if (!/^:[A-Za-z0-9_]+$/.test(name)) {
        throw validationError(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${name}"`);
      }
    }
  }

  name(placeholder: string, parameter: string): string {
    const name = this.#names.get(placeholder);
    if (name === undefined) {
      throw validationError(
        `Invalid ${parameter}: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    }
    this.#used.add(placeholder);
    return name;
  }

  value(placeholder: string, parameter: string): AttributeValue {
    const value = this.#values[placeholder];
    if (value === undefined) {
      throw validationError(
        `Invalid ${parameter}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    this.#used.add(placeholder);
    return value;
  }

  /** Refuses placeholders that no expression used; to be called when all are parsed. */
  assertAllUsed(): void {
    this.#assertUsed('ExpressionAttributeNames', [...this.#names.keys()]);
    this.#assertUsed('ExpressionAttributeValues', Object.keys(this.#values));
  }

  #assertUsed(member: string, placeholders: readonly string[]): void {
    const unused = placeholders.filter(each => !this.#used.has(each));
    if (unused.length === 0) return;
    if (!this.#hasExpressions) throw validationError(`${member} can only be specified when using expressions`);
    throw validationError(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}

function nameEntry([placeholder, name]: [string, unknown]): readonly [string, string] {
  if (typeof name !== 'string') throw serializationError('Expected a String in ExpressionAttributeNames');
  if (!/^#[A-Za-z0-9_]+$/.test(placeholder)) {
    throw validationError(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${placeholder}"`);
  }
  return [placeholder, name];
}
