import { usageError } from '../model/error.js';
import { type JsonValue, jsonValue } from './json-value.js';

const HINT = 'see https://jmespath.org for the language; quote the whole expression for your shell';

/** Checks a `--query` expression before any work is done; throws a usage error when it is not JMESPath. */
export async function checkQuery(expression: string): Promise<void> {
  const { search, JMESPathTypeError } = await import('@aws-lambda-powertools/jmespath');
  try {
    search(expression, {});
  } catch (error) {
    // A function that cannot take what the empty object gives it says nothing against the expression itself.
    if (!(error instanceof JMESPathTypeError)) throw badQuery(expression, error);
  }
}

/**
 * Applies a `--query` expression (JMESPath) to a value; null when it selects nothing.
 * Throws a usage error when the expression is no JMESPath, or uses a function on what it cannot take.
 */
export async function applyQuery(expression: string, value: JsonValue): Promise<JsonValue> {
  const { search } = await import('@aws-lambda-powertools/jmespath');
  try {
    return jsonValue(search(expression, value));
  } catch (error) {
    throw badQuery(expression, error);
  }
}

function badQuery(expression: string, error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.replace(` in expression: ${expression}`, '').replace(/^Invalid jmespath expression: /, '');
  return usageError(`--query '${expression}' cannot be used: ${reason}`, HINT);
}
