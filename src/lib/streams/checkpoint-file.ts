import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAtomically } from '../files/write-atomically.js';
import type { Clock } from '../model/clock.js';
import { DdbxError, usageError } from '../model/error.js';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.js';

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
