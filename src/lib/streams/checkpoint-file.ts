import { open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
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
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
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
 * @throws DdbxError `checkpoint-damaged`, or `checkpoint-of-another-stream` when it names streams but none of these
 */
export async function openCheckpointFile(
  path: string,
  streamArns: readonly string[],
  clock: Clock,
): Promise<CheckpointFile> {
  const text = await readIfThere(path);
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
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DdbxError({
      code: 'checkpoint-unreadable',
      message: `The checkpoint ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Choose another --checkpoint file.',
      cause: error,
    });
  }
}
