import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderInUseError, openDataFolder } from '../../../src/lib/sandbox/persistence/data-folder.js';
import { createKeeper } from '../../../src/lib/sandbox/persistence/keeper.js';
import { fakeClock } from '../../support/fake-clock.js';

describe('a keeper', () => {
  /** A store that says what was written, and fails as often as it is told to. */
  function aStore() {
    const written: string[] = [];
    const log: string[] = [];
    let failures = 0;
    let wake = (): void => {};
    return {
      written,
      log,
      fail: (times: number) => {
        failures = times;
      },
      /** Resolves with the next writing, or trying to. */
      next: () =>
        new Promise<void>(resolve => {
          wake = resolve;
        }),
      read: () => Promise.resolve(undefined),
      write: (text: string) => {
        wake();
        if (failures > 0) {
          failures -= 1;
          return Promise.reject(new Error('the disk is full'));
        }
        written.push(text);
        return Promise.resolve();
      },
    };
  }

  it('gathers changes, and saves them once', async () => {
    const store = aStore();
    let state = 0;
    const clock = fakeClock(0);
    const keeper = createKeeper(
      store,
      () => `state ${state}`,
      clock,
      line => store.log.push(line),
    );
    const saved = store.next();
    for (state = 1; state < 5; state += 1) keeper.mark();
    await saved;
    expect(store.written).toEqual(['state 5']);
    expect(clock.sleeps).toEqual([200]);
    await keeper.end();
    expect(store.written).toHaveLength(1);
  });

  it('saves once more what changes while it writes', async () => {
    const store = aStore();
    let state = 1;
    const keeper = createKeeper(
      store,
      () => `state ${state}`,
      fakeClock(0),
      () => {},
    );
    const first = store.next();
    keeper.mark();
    await first;
    state = 2;
    const second = store.next();
    keeper.mark();
    await second;
    await keeper.end();
    expect(store.written).toEqual(['state 1', 'state 2']);
  });

  it('saves at the end what has changed since, without waiting', async () => {
    const store = aStore();
    const keeper = createKeeper(
      store,
      () => 'state',
      { now: () => 0, sleep: forEver },
      () => {},
    );
    keeper.mark();
    await keeper.end();
    expect(store.written).toEqual(['state']);
  });

  it('rests after a large state, so that saving takes a tenth of the time', async () => {
    const store = aStore();
    const clock = fakeClock(0);
    const slow = () => {
      clock.advance(500);
      return 'state';
    };
    const keeper = createKeeper(store, slow, clock, () => {});
    for (let round = 0; round < 2; round += 1) {
      const saved = store.next();
      keeper.mark();
      await saved;
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(clock.sleeps).toEqual([200, 4_500]);
    await keeper.end();
  });

  it('says what failed, and tries again with the next change', async () => {
    const store = aStore();
    store.fail(1);
    const keeper = createKeeper(
      store,
      () => 'state',
      fakeClock(0),
      line => store.log.push(line),
    );
    const failed = store.next();
    keeper.mark();
    await failed;
    await keeper.end();
    expect(store.log).toEqual(['The sandbox could not save its state: the disk is full']);
    expect(store.written).toEqual(['state']);
  });

  function forEver(_: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => signal?.addEventListener('abort', () => resolve()));
  }
});

describe('a data folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ddbx-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const owner = (pid: number, ...alive: readonly number[]) => ({
    pid,
    isAlive: (other: number) => alive.includes(other),
  });

  it('is made when it is not there, and gives back what was written last', async () => {
    const data = await openDataFolder(join(folder, 'of', 'mine'), owner(1));
    expect(await data.read()).toBeUndefined();
    await data.write('one');
    await data.write('two');
    expect(await data.read()).toBe('two');
    expect(readFileSync(join(folder, 'of', 'mine', 'state.json'), 'utf8')).toBe('two');
    await data.release();
  });

  it('forgets what was written', async () => {
    const data = await openDataFolder(folder, owner(1));
    await data.forget();
    await data.write('one');
    await data.forget();
    expect(await data.read()).toBeUndefined();
    await data.release();
  });

  it('has one owner at a time', async () => {
    const data = await openDataFolder(folder, owner(1));
    await expect(openDataFolder(folder, owner(2, 1))).rejects.toMatchObject(
      new FolderInUseError(join(folder, 'sandbox.pid'), 1),
    );
    await data.release();
    await expect(openDataFolder(folder, owner(2, 1))).resolves.toBeDefined();
  });

  it('is taken over from one that was killed, or that wrote no more than half of its number', async () => {
    await openDataFolder(folder, owner(1));
    await openDataFolder(folder, owner(2));
    expect(readFileSync(join(folder, 'sandbox.pid'), 'utf8')).toBe('2\n');
    writeFileSync(join(folder, 'sandbox.pid'), '');
    await openDataFolder(folder, owner(3, 2));
    expect(readFileSync(join(folder, 'sandbox.pid'), 'utf8')).toBe('3\n');
  });
});
