import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCheckpoint } from '../../../src/lib/streams/checkpoint.js';
import { writeAtomically } from '../../../src/lib/files/write-atomically.js';
import { openCheckpointFile } from '../../../src/lib/streams/checkpoint-file.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { fakeClock } from '../../support/fake-clock.js';

const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const OLDER = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-10-01T00:00:00.000';
const clock = fakeClock(Date.UTC(2026, 10, 20));

function checkpoint(streamArn: string, shardId = 's1') {
  return { streams: new Map([[streamArn, new Map([[shardId, { kind: 'trim-horizon' } as const]])]]) };
}

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-checkpoint-'));
  path = join(folder, 'orders.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('opening a checkpoint file', () => {
  it('that is not there yet finds nothing, and writes it', async () => {
    const file = await openCheckpointFile(path, [ARN], clock);
    expect(file.found).toBeUndefined();
    await file.write(checkpoint(ARN));
    const again = await openCheckpointFile(path, [ARN], clock);
    expect(again.found).toEqual(checkpoint(ARN));
    expect(await readdir(folder)).toEqual(['orders.json']);
  });

  it('of another stream is refused, with the command that goes on with it', async () => {
    await writeFile(path, formatCheckpoint(checkpoint(OLDER), 0));
    await expect(openCheckpointFile(path, [ARN], clock)).rejects.toMatchObject({
      code: 'checkpoint-of-another-stream',
      message: `${path} is the checkpoint of another stream: ${OLDER}`,
      hint: expect.stringContaining(`ddbx streams tail ${OLDER} --checkpoint ${path}`),
    });
    expect(await readFile(path, 'utf8')).toBe(formatCheckpoint(checkpoint(OLDER), 0));
  });

  it('that names one stream more than is read is refused, too: its progress would be lost', async () => {
    const both = { streams: new Map([...checkpoint(ARN).streams, ...checkpoint(OLDER).streams]) };
    await writeFile(path, formatCheckpoint(both, 0));
    await expect(openCheckpointFile(path, [ARN], clock)).rejects.toMatchObject({
      code: 'checkpoint-of-another-stream',
    });
    expect((await openCheckpointFile(path, [ARN, OLDER], clock)).found).toEqual(both);
  });

  it('that is damaged is refused and left as it is', async () => {
    await writeFile(path, '{"ddbxCheckpoint":1,');
    await expect(openCheckpointFile(path, [ARN], clock)).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    expect(await readFile(path, 'utf8')).toBe('{"ddbxCheckpoint":1,');
  });

  it('in a folder that is not there is an error of usage, before anything is read', async () => {
    const missing = join(folder, 'no', 'such');
    await expect(openCheckpointFile(join(missing, 'orders.json'), [ARN], clock)).rejects.toMatchObject({
      exitCode: ExitCode.usage,
      message: `There is no folder ${missing} for the checkpoint ${join(missing, 'orders.json')}.`,
      hint: expect.stringContaining(`mkdir -p ${missing}`),
    });
  });

  it('that is a folder cannot be read', async () => {
    await expect(openCheckpointFile(folder, [ARN], clock)).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      message: `The checkpoint ${folder} cannot be read: it is a folder.`,
    });
  });
});

describe('a write that fails', () => {
  it('leaves the old file, and says what that means', async () => {
    const file = await openCheckpointFile(path, [ARN], clock);
    await file.write(checkpoint(ARN));
    const before = await readFile(path, 'utf8');
    await mkdir(`${path}.tmp`);
    await expect(file.write(checkpoint(ARN, 's2'))).rejects.toMatchObject({
      code: 'checkpoint-not-written',
      message: expect.stringContaining(`The checkpoint ${path} cannot be written`),
      hint: expect.stringMatching(/nothing is lost/i),
    });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('at its last step leaves nothing beside', async () => {
    await mkdir(path);
    await writeFile(join(path, 'something'), '');
    await expect(writeAtomically(path, 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['orders.json']);
  });

  it('leaves a half-written file of a killed process behind, which the next write replaces', async () => {
    await writeFile(`${path}.tmp`, '{"ddbxCheck');
    await writeAtomically(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['orders.json']);
  });
});
