import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Uploaded code that has been unpacked, for as long as its function is there. */
export interface ZipFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** The files of a zip by their paths; throws for what is no zip, or has paths that lead out of it. */
export async function readZip(zip: Buffer): Promise<Readonly<Record<string, Uint8Array>>> {
  // Needed by few, so not loaded by all.
  const { unzipSync } = await import('fflate');
  const files = unzipSync(zip);
  for (const path of Object.keys(files)) {
    if (path.startsWith('/') || path.split('/').includes('..'))
      throw new Error(`The path ${path} leads out of the zip`);
  }
  return files;
}

/** Unpacks a zip into a folder of its own. */
export async function unpack(zip: Buffer): Promise<ZipFolder> {
  const files = await readZip(zip);
  const path = await mkdtemp(join(tmpdir(), 'ddbx-function-'));
  for (const [name, bytes] of Object.entries(files)) {
    const target = join(path, ...name.split('/'));
    if (name.endsWith('/')) await mkdir(target, { recursive: true });
    else {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
    }
  }
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
    },
  };
}
