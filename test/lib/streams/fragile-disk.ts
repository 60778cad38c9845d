import type { ExportFiles } from '../../../src/lib/streams/export-files.js';

interface StoredFile {
  synced: Buffer;
  /** Written, but a crash may lose any part of it from its end. */
  unsynced: Buffer;
}

/** The power went: nothing of this disk answers any more. */
export class PowerCut extends Error {}

/** A disk in memory on which the power can go at any step; then only what was synced is sure to be there. */
export class FragileDisk implements ExportFiles {
  readonly #files: Map<string, StoredFile>;
  #stepsLeft: number;
  /** What every step fails with from now on, as a full disk does. */
  failure: Error | undefined;

  /** @param stepsLeft writes, syncs and replacements until the power goes */
  constructor(stepsLeft = Number.POSITIVE_INFINITY, files: ReadonlyMap<string, Buffer> = new Map()) {
    this.#stepsLeft = stepsLeft;
    this.#files = new Map([...files].map(([path, synced]) => [path, { synced, unsynced: Buffer.alloc(0) }]));
  }

  /** What is on the disk after the crash; of what was not synced, the share `kept` has made it. */
  survivors(kept: number): ReadonlyMap<string, Buffer> {
    return new Map(
      [...this.#files].map(([path, { synced, unsynced }]) => [
        path,
        Buffer.concat([synced, unsynced.subarray(0, Math.floor(unsynced.length * kept))]),
      ]),
    );
  }

  content(path: string): Buffer {
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`there is no ${path}`);
    return Buffer.concat([file.synced, file.unsynced]);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  async size(path: string) {
    return this.has(path) ? this.content(path).length : undefined;
  }

  async readText(path: string) {
    return this.has(path) ? this.content(path).toString('utf8') : undefined;
  }

  async replaceText(path: string, text: string) {
    this.#step();
    this.#files.set(path, { synced: Buffer.from(text), unsynced: Buffer.alloc(0) });
  }

  async openAt(path: string, length: number) {
    this.#step();
    const kept = this.has(path) ? this.content(path).subarray(0, length) : Buffer.alloc(0);
    const file: StoredFile = { synced: kept, unsynced: Buffer.alloc(0) };
    this.#files.set(path, file);
    return {
      write: async (bytes: Buffer) => {
        // The power may go in the middle of a write.
        if (this.#stepsLeft < 1) file.unsynced = Buffer.concat([file.unsynced, bytes.subarray(0, bytes.length >> 1)]);
        this.#step();
        file.unsynced = Buffer.concat([file.unsynced, bytes]);
      },
      sync: async () => {
        this.#step();
        file.synced = Buffer.concat([file.synced, file.unsynced]);
        file.unsynced = Buffer.alloc(0);
      },
      close: async () => {},
    };
  }

  #step(): void {
    if (this.failure !== undefined) throw this.failure;
    if (this.#stepsLeft < 1) throw new PowerCut('the power is gone');
    this.#stepsLeft -= 1;
  }
}
