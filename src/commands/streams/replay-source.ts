import { statSync } from 'node:fs';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import type { InputStream } from '../../lib/terminal/io.js';
import { type Recording, recordingAt } from '../recording.js';

/** What a replay reads from. */
export type ReplaySource =
  | (Recording & { readonly kind: 'recording' })
  | { readonly kind: 'table'; readonly table: TableRef };

const LIKE_A_FILE = /\/|\\|\.(ndjson|jsonl|json|gz)$/i;

/**
 * Tells a recording from a table: `-` is stdin, what exists as a file is one, all else is a table or an ARN.
 * @throws DdbxError `usage` for what looks like a file and is not there, and for a folder
 */
export function findReplaySource(text: string, stdin: InputStream): ReplaySource {
  if (text === '-') return { kind: 'recording', ...recordingAt(text, stdin) };
  const found = statSync(text, { throwIfNoEntry: false });
  if (found?.isDirectory() === true && LIKE_A_FILE.test(text)) {
    throw usageError(`${text} is a folder.`, 'Name one recorded file.');
  }
  if (found !== undefined && !found.isDirectory()) {
    return { kind: 'recording', ...recordingAt(text, stdin) };
  }
  if (!text.startsWith('arn:') && LIKE_A_FILE.test(text)) {
    throw usageError(
      `There is no file ${text}.`,
      'Record one with ddbx streams export <table> --to <file>, or name a table.',
    );
  }
  return { kind: 'table', table: parseTableRef(text) };
}
