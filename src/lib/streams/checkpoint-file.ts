import { access, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../model/clock.js';
import { DdbxError, usageError } from '../model/error.js';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.js';

/**
 * Writes a file so that it is either the old one or the new one, whatever happens: to a file beside it, synced,
 * renamed over it, and the folder synced.
 * @throws the file system's error
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w');
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Where folders cannot be opened or synced, as on Windows, the file system sees to it itself. */
const FOLDER_SYNC_NOT_KNOWN: ReadonlySet<unknown> = new Set([
  'EISDIR',
  'EPERM',
  'EACCES',
  'EINVAL',
  'ENOTSUP',
  'EBADF',
]);

async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!FOLDER_SYNC_NOT_KNOWN.has(codeOf(error))) throw error;
  }
}

/** A checkpoint on disk. */
export interface CheckpointFile {
  /** What the file held at the start; undefined when it was not there. */
  readonly found: Checkpoint | undefined;
  /** Writes the checkpoint. @throws DdbxError `checkpoint-not-written` */
  write(checkpoint: Checkpoint): Promise<void>;
}

/**
 * Opens a checkpoint file for the given streams.
 * @throws DdbxError `checkpoint-damaged`, `checkpoint-of-another-stream` when it names a stream that is none of these,
 * `checkpoint-unreadable`, or `usage` when there is no folder for it
 */
export async function openCheckpointFile(
  path: string,
  streamArns: readonly string[],
  clock: Clock,
): Promise<CheckpointFile> {
  const text = await readIfThere(path);
  if (text === undefined) await refuseMissingFolder(path);
  const found = text === undefined ? undefined : parseCheckpoint(text, path);
  const foreign = [...(found?.streams.keys() ?? [])].filter(arn => !streamArns.includes(arn));
  if (foreign.length > 0) {
    throw new DdbxError({
      code: 'checkpoint-of-another-stream',
      message: `${path} is the checkpoint of another stream: ${foreign.join(', ')}`,
      hint: `Read that stream with the file (ddbx streams tail ${foreign[0] ?? ''} --checkpoint ${path}), or choose another file.`,
    });
  }
  const write = async (checkpoint: Checkpoint): Promise<void> => {
    try {
      await writeAtomically(path, formatCheckpoint(checkpoint, clock.now()));
    } catch (error) {
      throw new DdbxError({
        code: 'checkpoint-not-written',
        message: `The checkpoint ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'Check the folder, its permissions and its space. Nothing is lost: what a checkpoint does not cover is read again.',
        cause: error,
      });
    }
  };
  return { found, write };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    const why = code === 'EISDIR' ? 'it is a folder' : error instanceof Error ? error.message : String(error);
    throw new DdbxError({
      code: 'checkpoint-unreadable',
      message: `The checkpoint ${path} cannot be read: ${why}.`,
      hint: 'Choose another --checkpoint file.',
      cause: error,
    });
  }
}

/** Found out before anything is read, not at the first write. */
async function refuseMissingFolder(path: string): Promise<void> {
  const folder = dirname(path);
  try {
    await access(folder);
  } catch {
    throw usageError(
      `There is no folder ${folder} for the checkpoint ${path}.`,
      `Create it (mkdir -p ${folder}), or choose another --checkpoint file.`,
    );
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
