import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeExportFiles as files } from '../../../src/lib/streams/export-files.js';

describe('the file system of an export', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-export-'));
    path = join(folder, 'orders.ndjson');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('tells what is there', async () => {
    expect([await files.size(path), await files.readText(path)]).toEqual([undefined, undefined]);
    await writeFile(path, 'seven');
    expect([await files.size(path), await files.readText(path)]).toEqual([5, 'seven']);
    expect(await files.size(folder)).toBe('not-a-file');
  });

  it('writes on behind what is to be kept, and cuts off the rest', async () => {
    await writeFile(path, 'kept, not kept');
    const file = await files.openAt(path, 5);
    await file.write(Buffer.from(' one'));
    await file.write(Buffer.from(' two'));
    await file.sync();
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('kept, one two');
  });

  it('makes a new file', async () => {
    const file = await files.openAt(path, 0);
    await file.write(Buffer.from('first'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('first');
  });

  it('puts a text in the place of another, and leaves nothing beside it', async () => {
    await files.replaceText(path, 'old');
    await files.replaceText(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['orders.ndjson']);
  });

  it('fails in a folder that is not there', async () => {
    await expect(files.openAt(join(folder, 'none', 'a'), 0)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.replaceText(join(folder, 'none', 'a'), '')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
