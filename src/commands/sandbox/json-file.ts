import { readFile } from 'node:fs/promises';
import { usageError } from '../../lib/model/error.js';

/** Reads a file of JSON that the command line names; `what` is what it is to the user, such as `seed file`. */
export async function readJsonFile(what: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`The ${what} ${path} cannot be read: ${reasonOf(error)}`);
  }
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (error) {
    throw usageError(`The ${what} ${path} is not JSON: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
