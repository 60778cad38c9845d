import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DdbxError, usageError } from '../lib/model/error.js';
import type { InputStream } from '../lib/terminal/io.js';

/** A recording that can be read, and what to call it. */
export interface Recording {
  readonly name: string;
  /** @throws DdbxError `recording-unreadable` */
  readonly chunks: () => AsyncIterable<Buffer>;
}

/**
 * The file at `path`, unpacked when it ends in .gz; `-` is stdin. Nothing is opened before it is read.
 * @throws DdbxError `usage` when there is no such file
 */
export function recordingAt(path: string, stdin: InputStream): Recording {
  if (path === '-') return { name: 'stdin', chunks: () => reading('stdin', stdin) };
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw usageError(`There is no file ${path}.`, 'Record one with ddbx streams export <table> --to <file>.');
  }
  return { name: path, chunks: () => reading(path, fileChunks(path)) };
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
