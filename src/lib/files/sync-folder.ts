import { open } from 'node:fs/promises';

/** Where folders cannot be opened or synced, as on Windows, the file system sees to it itself. */
const FOLDER_SYNC_NOT_KNOWN: ReadonlySet<unknown> = new Set([
  'EISDIR',
  'EPERM',
  'EACCES',
  'EINVAL',
  'ENOTSUP',
  'EBADF',
]);

/** Makes what was created or renamed in a folder survive a crash. @throws the file system's error */
export async function syncFolder(path: string): Promise<void> {
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

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
