import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ddbx = fileURLToPath(new URL('../../../bin/ddbx.js', import.meta.url));
const patienceMs = 30_000;
const lookEveryMs = 15;

/** A ddbx that runs beside the test. */
export interface RunningDdbx {
  /** Resolves when the condition holds; rejects when ddbx ends, or half a minute passes, before. */
  until(condition: () => boolean): Promise<void>;
  /** Waits for its end, after the signal when there is one. */
  end(signal?: 'SIGKILL' | 'SIGINT'): Promise<{ readonly exitCode: number | null; readonly stderr: string }>;
}

/** Starts the built ddbx as a shell would with `>> file`, against the endpoint, if it is to have one. */
export function startDdbx(argv: readonly string[], endpointUrl: string | undefined, appendTo: string): RunningDdbx {
  const out = openSync(appendTo, 'a');
  const child = spawn(process.execPath, [ddbx, ...argv], {
    stdio: ['ignore', out, 'pipe'],
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
  });
  closeSync(out);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = endOf(child);
  return {
    async until(condition) {
      for (const giveUpAtMs = Date.now() + patienceMs; !condition(); await delay(lookEveryMs)) {
        if (child.exitCode !== null) throw new Error(`ddbx ended with ${child.exitCode}: ${stderr}`);
        if (Date.now() > giveUpAtMs) throw new Error(`nothing came within ${patienceMs} ms: ${stderr}`);
      }
    },
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      const exitCode = await ended;
      return { exitCode, stderr };
    },
  };
}

/** The whole lines of a file, none when there is no file; a last line without its end is not whole. */
export function wholeLines(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

/** Takes away what a process that was killed in the middle of a write has left behind the last line. */
export function cutTornLine(path: string): void {
  const content = readFileSync(path);
  truncateSync(path, content.lastIndexOf(0x0a) + 1);
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      resolve(code);
    });
  });
}
