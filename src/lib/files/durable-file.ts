import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DdbxError } from '../model/error.js';
import { syncFolder } from './sync-folder.js';

interface Waiting {
  readonly bytes: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const NEWLINE = 0x0a;
const LOOK_BACK_BYTES = 64 * 1024;

/**
 * A file that is only appended to, line by line, and whose lines count when they are on the disk. While one write is
 * being synced, what comes in gathers for the next: many small appends share one sync.
 */
export class DurableFile {
  readonly #path: string;
  readonly #waiting: Waiting[] = [];
  #handle: FileHandle | undefined;
  #writing = false;
  #failure: DdbxError | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Opens or creates the file. A line that a killed run left half written was never counted: it is cut off, so that the
   * next line does not join it. A last line that is whole JSON gets the line end that it lacks.
   * @throws DdbxError `output-failed`
   */
  async open(): Promise<void> {
    try {
      const handle = await open(this.#path, 'a+');
      this.#handle = handle;
      const { size } = await handle.stat();
      if (size === 0) await syncFolder(dirname(this.#path));
      const rest = await lastLineWithoutEnd(handle, size);
      if (rest.length === 0) return;
      if (isJson(rest)) await handle.write(Buffer.of(NEWLINE));
      else await handle.truncate(size - rest.length);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Resolves when the bytes are on the disk. @throws DdbxError `output-failed`, and for all that comes after it, too */
  append(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, resolve, reject });
      void this.#write();
    });
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    for (let batch = this.#waiting.splice(0); batch.length > 0; batch = this.#waiting.splice(0)) {
      try {
        await this.#writeAndSync(batch.map(each => each.bytes));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #writeAndSync(chunks: readonly Uint8Array[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const handle = this.#handle;
    if (handle === undefined) throw this.#failed(new Error('the file is closed'));
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    try {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      this.#failure = this.#failed(error);
      throw this.#failure;
    }
  }

  #failed(cause: unknown): DdbxError {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const said = cause instanceof Error ? cause.message : String(cause);
    const hint = {
      ENOSPC: 'Free space on the disk, then run the command again: nothing was deleted that is not in the file.',
      ENOENT: 'Make the folder first.',
      EISDIR: 'Name a file, not a folder.',
    }[code];
    return new DdbxError({
      code: 'output-failed',
      message: `${this.#path} cannot be written: ${said}`,
      hint,
      cause,
    });
  }
}

/** What follows the last line end of a file. */
async function lastLineWithoutEnd(handle: FileHandle, size: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let end = size; end > 0; end -= LOOK_BACK_BYTES) {
    const length = Math.min(LOOK_BACK_BYTES, end);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, end - length);
    const newline = buffer.lastIndexOf(NEWLINE);
    parts.unshift(buffer.subarray(newline + 1));
    if (newline >= 0) break;
  }
  return Buffer.concat(parts);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
