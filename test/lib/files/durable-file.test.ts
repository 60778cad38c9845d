import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DurableFile } from '../../../src/lib/files/durable-file.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-durable-'));
  path = join(folder, 'out.ndjson');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function appendTo(file: string, ...lines: readonly string[]): Promise<void> {
  const durable = new DurableFile(file);
  await durable.open();
  await Promise.all(lines.map(line => durable.append(Buffer.from(`${line}\n`))));
  await durable.close();
}

const content = (): Promise<string> => readFile(path, 'utf8');

describe('a durable file', () => {
  it('is made, and appended to by the next run, in the order of the appends', async () => {
    await appendTo(path, '1', '2', '3');
    await appendTo(path, '4');
    expect(await content()).toBe('1\n2\n3\n4\n');
  });

  it('cuts off a line that a killed run left half written', async () => {
    await writeFile(path, '{"n":1}\n{"n":2,"te');
    await appendTo(path, '{"n":3}');
    expect(await content()).toBe('{"n":1}\n{"n":3}\n');
  });

  it('cuts off a half line that is longer than one look back, and one that is all there is', async () => {
    await writeFile(path, `{"n":1}\n{"note":"${'x'.repeat(200_000)}`);
    await appendTo(path, '{"n":3}');
    expect(await content()).toBe('{"n":1}\n{"n":3}\n');
    await writeFile(path, '{"n":');
    await appendTo(path, '{"n":4}');
    expect(await content()).toBe('{"n":4}\n');
  });

  it('leaves a whole last line without a line end alone, and ends it', async () => {
    await writeFile(path, '{"n":1}\n{"n":2}');
    await appendTo(path, '{"n":3}');
    expect(await content()).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
  });

  it('says why it cannot be opened, and what to do', async () => {
    await expect(new DurableFile(join(folder, 'no', 'out')).open()).rejects.toMatchObject({
      code: 'output-failed',
      message: expect.stringContaining('no such file'),
      hint: 'Make the folder first.',
    });
    await expect(new DurableFile(folder).open()).rejects.toMatchObject({ hint: 'Name a file, not a folder.' });
  });

  it('on a disk that is full fails every append from then on', async () => {
    const full = new DurableFile('/dev/full');
    await full.open();
    await expect(full.append(Buffer.from('1\n'))).rejects.toMatchObject({
      code: 'output-failed',
      hint: expect.stringContaining('Free space'),
    });
    await expect(full.append(Buffer.from('2\n'))).rejects.toMatchObject({ code: 'output-failed' });
    await full.close();
  });
});
