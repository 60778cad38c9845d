import { runCli } from '../../src/cli.js';
import { fakeWorld } from './fake-world.js';

/** What one command line wrote and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line as the process does, over memory and with nothing in the environment but what is given. */
export async function runDdbx(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const world = fakeWorld(env);
  const code = await runCli(argv, world);
  return { code, stdout: world.streams.stdout.chunks.join(''), stderr: world.streams.stderr.chunks.join('') };
}
