import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/lib/model/clock.js';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { normalise } from './normalise.js';
import { ageMs, scenarios } from './scenarios.js';
import { type CommandOutcome, renderTranscript, type Transcript } from './transcript.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const commandLimitMs = 60_000;

/** A sandbox's address, if the scenario has one, and how to end it. */
interface Endpoint {
  readonly url: string | undefined;
  readonly close: () => Promise<void>;
}

/** Plays a transcript from its start, in a folder and a sandbox of its own, and gives its text as it is now. */
export async function playTranscript(transcript: Transcript): Promise<string> {
  const nowMs = Date.now();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ddbx-cli-')));
  try {
    const endpoint = await startScenario(transcript.scenario);
    try {
      const env = await makeEnvironment(folder, endpoint.url);
      const outcomes: CommandOutcome[] = [];
      for (const part of transcript.parts) {
        if (part.type === 'command') outcomes.push(await runInBash(part.script, join(folder, 'work'), env));
      }
      const literals = [
        [join(folder, 'work'), '/tmp/work'],
        [folder, '/tmp'],
        [root.replace(/\/$/, ''), '/ddbx'],
      ] as const;
      return normalise(renderTranscript(transcript, outcomes), { nowMs, literals });
    } finally {
      await endpoint.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startScenario(name: string): Promise<Endpoint> {
  if (name === 'none') return { url: undefined, close: () => Promise.resolve() };
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario is called ${name}: see test/cli/harness/scenarios.ts`);
  const sandbox = await startSandbox({
    ...scenario.options,
    // It lives in the past until it is filled, and is then brought to the present.
    clock: { ...systemClock, now: () => Date.now() - ageMs },
    random: seededRandom(20_260_101),
    statusDelayMs: 20,
  });
  await scenario.fill(sandbox);
  sandbox.control.advanceClock({ ms: ageMs });
  return { url: sandbox.url, close: () => sandbox.close() };
}

/** Folders and commands of a transcript, and an environment that holds nothing of the machine's own. */
async function makeEnvironment(folder: string, url: string | undefined): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, 'bin');
  for (const name of ['bin', 'home', 'work', 'tmp']) await mkdir(join(folder, name));
  await writeShim(join(bin, 'ddbx'), join(root, 'bin', 'ddbx.js'));
  await writeShim(join(bin, 'ctl'), join(root, 'test', 'cli', 'harness', 'ctl.mjs'));
  return {
    PATH: [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    // Compiling is shared between the commands of one transcript only, and leaves nothing behind.
    NODE_DISABLE_COMPILE_CACHE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(url === undefined
      ? {}
      : {
          AWS_ENDPOINT_URL: url,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        }),
  };
}

async function writeShim(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o755 });
}

/** Runs one command line without a terminal; what it leaves running is ended with it. */
async function runInBash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<CommandOutcome> {
  const child = spawn('bash', ['-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const endGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group has ended already.
    }
  };
  const limit = setTimeout(() => {
    stderr.push(Buffer.from(`[did not end within ${commandLimitMs / 1000} s]\n`));
    endGroup();
  }, commandLimitMs);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    });
    return { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), exitCode };
  } finally {
    clearTimeout(limit);
    endGroup();
  }
}

/** Numbers from 0 up to, and without, 1: the same ones for the same seed (Mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
