import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ddbx = fileURLToPath(new URL('../../bin/ddbx.js', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-demo-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it.each(['ddbx streams list', 'ddbx streams tail', 'ddbx esm attach'])(
  'the demo ends with 130 and leaves nothing when Ctrl-C comes at %s',
  async shown => {
    const demo = spawn(process.execPath, [ddbx, 'demo'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], TMPDIR: folder, TEMP: folder },
    });
    let stdout = '';
    let stderr = '';
    let isInterrupted = false;
    demo.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    demo.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (isInterrupted || !stdout.includes(shown)) return;
      isInterrupted = true;
      demo.kill('SIGINT');
    });
    const [code] = await once(demo, 'close');
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('nothing of the demo is left');
    expect(await readdir(folder)).toEqual([]);
  },
);
