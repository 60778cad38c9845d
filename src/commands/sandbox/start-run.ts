import { readFile, unlink, writeFile } from 'node:fs/promises';
import type { CommandContext } from '../../context.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { startSandbox } from '../../lib/sandbox/sandbox.js';
import { loadSeed } from '../../lib/sandbox/seed.js';
import type { SandboxStartOptions } from './sandbox.js';

/** Serves a sandbox until it is interrupted or told to stop. */
export async function runSandboxStart(options: SandboxStartOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const seed = options.seedFile === undefined ? undefined : await readSeed(options.seedFile);
  const sandbox = await startSandbox({
    port: options.port,
    account: options.account,
    shardsPerTable: options.shards,
    ...(options.regions.length === 0 ? {} : { regions: options.regions }),
    clock: context.clock,
    random: context.random,
    log: line => {
      output.detail(line);
    },
  }).catch((error: unknown) => {
    throw portError(error, options.port);
  });
  try {
    if (seed !== undefined) await loadSeed(sandbox, seed);
    if (options.readyFile !== undefined) await writeFile(options.readyFile, `${sandbox.url}\n`);
    output.aside({
      level: 'note',
      text: `The sandbox is ready at ${sandbox.url}\nPoint a shell at it: eval "$(ddbx sandbox env --port ${sandbox.port})"\nCtrl-C stops it.`,
      event: Object.assign({ type: 'ready' }, { url: sandbox.url, port: sandbox.port }),
    });
    await Promise.race([sandbox.closed, aborted(context.signal)]);
  } finally {
    await sandbox.close();
    if (options.readyFile !== undefined) await unlink(options.readyFile).catch(() => {});
  }
  output.note('The sandbox has stopped.');
  return ExitCode.done;
}

async function readSeed(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`The seed file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`The seed file ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function portError(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  return new DdbxError({
    code: 'port-in-use',
    message: `Port ${port} is in use.`,
    hint: 'Is a sandbox running already (ddbx sandbox stop)? --port 0 takes any free port.',
    cause: error,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
