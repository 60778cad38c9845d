import { mkdir, open, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write-atomically.js';
import type { Store } from './keeper.js';

/** A folder in which one sandbox at a time keeps its state. */
export interface DataFolder extends Store {
  /** Takes the state out of it. */
  forget(): Promise<void>;
  /** Lets another sandbox have it. */
  release(): Promise<void>;
}

/** A folder that another sandbox has. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly pid: number;
  /** The file that says so. */
  readonly lockFile: string;

  constructor(lockFile: string, pid: number) {
    super(`The sandbox of process ${pid} has ${lockFile}`);
    this.pid = pid;
    this.lockFile = lockFile;
  }
}

/** What a folder's owner is known by. */
export interface Owner {
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
}

/**
 * Takes a folder, which is made when it is not there. One whose owner was killed is taken over.
 * @throws FolderInUseError, or the file system's error
 */
export async function openDataFolder(path: string, owner: Owner): Promise<DataFolder> {
  await mkdir(path, { recursive: true });
  const lock = join(path, 'sandbox.pid');
  const file = join(path, 'state.json');
  await takeLock(lock, owner);
  return {
    read: async () => {
      try {
        return await readFile(file, 'utf8');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: text => writeAtomically(file, text),
    forget: async () => {
      await rm(file, { force: true });
    },
    release: async () => {
      await unlink(lock).catch(() => {});
    },
  };
}

async function takeLock(lock: string, { pid, isAlive }: Owner): Promise<void> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(`${pid}\n`);
    await file.close();
    return;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(lock, 'utf8'));
  if (holder > 0 && holder !== pid && isAlive(holder)) throw new FolderInUseError(lock, holder);
  await unlink(lock);
  await takeLock(lock, { pid, isAlive });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
