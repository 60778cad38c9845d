import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { writeAtomically } from '../files/write-atomically.js';

/** A file that is written from front to back. Every method rejects with the file system's error. */
export interface ExportFile {
  write(bytes: Buffer): Promise<void>;
  /** Resolves when what was written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What an export needs of the file system; tests put one in place that fails. */
export interface ExportFiles {
  /** Bytes in a file; undefined when there is none, `not-a-file` for a folder, a device or a pipe. */
  size(path: string): Promise<number | 'not-a-file' | undefined>;
  /** Undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  /** Puts a new text in the place of the file, so that it is the old one or the new one whatever happens. */
  replaceText(path: string, text: string): Promise<void>;
  /** Opens a file to write on behind its first `length` bytes; cuts off what lies behind, makes it when it is not there. */
  openAt(path: string, length: number): Promise<ExportFile>;
}

/** The file system of this machine. */
export const nodeExportFiles: ExportFiles = {
  size: path =>
    unlessMissing(async () => {
      const found = await stat(path);
      return found.isFile() ? found.size : 'not-a-file';
    }),
  readText: path => unlessMissing(() => readFile(path, 'utf8')),
  replaceText: writeAtomically,
  async openAt(path, length) {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
    try {
      await file.truncate(length);
    } catch (error) {
      await file.close();
      throw error;
    }
    let position = length;
    return {
      async write(bytes) {
        for (let from = 0; from < bytes.length; ) {
          const { bytesWritten } = await file.write(bytes, from, bytes.length - from, position);
          from += bytesWritten;
          position += bytesWritten;
        }
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
};

async function unlessMissing<Value>(look: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
