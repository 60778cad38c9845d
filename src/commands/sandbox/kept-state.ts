import { readFileSync } from 'node:fs';
import { pid as ownPid, kill } from 'node:process';
import { DdbxError, usageError } from '../../lib/model/error.js';
import { type DataFolder, FolderInUseError, openDataFolder } from '../../lib/sandbox/persistence/data-folder.js';
import { SnapshotError } from '../../lib/sandbox/persistence/snapshot-error.js';

/** A folder with a sandbox's state. */
export interface KeptState extends DataFolder {
  /** Whether nothing was in it. */
  readonly isNew: boolean;
}

/** Takes the folder of `--data`. @throws DdbxError when another sandbox has it, or it cannot be used */
export async function openKeptState(path: string): Promise<KeptState> {
  let folder: DataFolder;
  try {
    folder = await openDataFolder(path, { pid: ownPid, isAlive });
  } catch (error) {
    if (error instanceof FolderInUseError) {
      throw new DdbxError({
        code: 'data-in-use',
        message: `${path} is used by another sandbox, process ${error.pid}.`,
        hint: `Stop it (ddbx sandbox stop), or name another folder. If there is none, remove ${error.lockFile}.`,
      });
    }
    throw usageError(`The folder ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { ...folder, isNew: (await folder.read()) === undefined };
}

/** What to say when a folder's state cannot be taken over; `undefined` when the error is about something else. */
export function refusedState(path: string | undefined, error: unknown): DdbxError | undefined {
  if (!(error instanceof SnapshotError)) return undefined;
  return new DdbxError({
    code: 'data-refused',
    message: `The state in ${path ?? ''} cannot be used: ${error.message}.`,
    hint: 'Name another folder, or remove this one to begin anew.',
  });
}

function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process that was killed and that nobody has asked after yet still has its number; Linux says so. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
