import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { DdbxError, usageError } from '../../lib/model/error.js';
import type { InputStream } from '../../lib/terminal/io.js';

/** What a replay reads from. */
export type ReplaySource =
  | { readonly kind: 'recording'; readonly name: string; readonly chunks: () => AsyncIterable<Buffer> }
  | { readonly kind: 'table'; readonly table: TableRef };

const LIKE_A_FILE = /\/|\\|\.(ndjson|jsonl|json|gz)$/i;

/**
 * Tells a recording from a table: `-` is stdin, what exists as a file is one, all else is a table or an ARN.
 * @throws DdbxError `usage` for what looks like a file and is not there, and for a folder
 */
export function findReplaySource(text: string, stdin: InputStream): ReplaySource {
  if (text === '-') return { kind: 'recording', name: 'stdin', chunks: () => reading('stdin', stdin) };
  const found = statSync(text, { throwIfNoEntry: false });
  if (found?.isDirectory() === true && LIKE_A_FILE.test(text)) {
    throw usageError(`${text} is a folder.`, 'Name one recorded file.');
  }
  if (found !== undefined && !found.isDirectory()) {
    return { kind: 'recording', name: text, chunks: () => reading(text, fileChunks(text)) };
  }
  if (!text.startsWith('arn:') && LIKE_A_FILE.test(text)) {
    throw usageError(
      `There is no file ${text}.`,
      'Record one with ddbx streams export <table> --to <file>, or name a table.',
    );
  }
  return { kind: 'table', table: parseTableRef(text) };
}

function fileChunks(path: string): NodeJS.ReadableStream {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  // An error of either reaches the reader through the last stream.
  return pipeline(file, createGunzip(), () => {});
}

async function* reading(name: string, stream: NodeJS.ReadableStream): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw new DdbxError({
      code: 'recording-unreadable',
      message: `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: name.endsWith('.gz') ? 'Is it a whole gzip file? gzip -t tells.' : undefined,
      cause: error,
    });
  }
}
