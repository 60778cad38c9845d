import { readFile } from 'node:fs/promises';
import { usageError } from '../lib/model/error.js';

/**
 * The text of an argument: itself, or what is in the file that `@file` names.
 * @throws DdbxError `usage` when the file cannot be read
 */
export async function textOrFile(argument: string): Promise<string> {
  if (!argument.startsWith('@')) return argument;
  const path = argument.slice(1);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
