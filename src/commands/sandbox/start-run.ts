import { unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CommandContext } from '../../context.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import type { Log } from '../../lib/sandbox/state.js';
import { type Sandbox, startSandbox } from '../../lib/sandbox/sandbox.js';
import { parseSeed, SeedError } from '../../lib/sandbox/parse-seed.js';
import { loadSeed } from '../../lib/sandbox/seed.js';
import { type KeptState, openKeptState, refusedState } from './kept-state.js';
import { readJsonFile } from './json-file.js';
import type { SandboxStartOptions } from './sandbox.js';

/** Serves a sandbox until it is interrupted or told to stop. */
export async function runSandboxStart(options: SandboxStartOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const seed = options.seedFile === undefined ? undefined : await readSeed(options.seedFile);
  const policies = await readPolicies(options.policyFiles);
  const kept = options.dataFolder === undefined ? undefined : await openKeptState(options.dataFolder);
  try {
    const sandbox = await start(options, context, kept, (line, source) => {
      // An answer a call, which is too much unless it is asked for.
      if (source === 'policy') output.detail(line);
      else output.note(line);
    });
    try {
      if (seed !== undefined && kept?.isNew !== false) await load(sandbox, seed, kept);
      sandbox.control.setAccess({ verifySignatures: options.verifySignatures, policies });
      if (options.readyFile !== undefined) await writeFile(options.readyFile, `${sandbox.url}\n`);
      output.aside({
        level: 'note',
        text: `The sandbox is ready at ${sandbox.url}\nPoint a shell at it: eval "$(ddbx sandbox env --port ${sandbox.port})"\nCtrl-C stops it.`,
        event: Object.assign({ type: 'ready' }, { url: sandbox.url, port: sandbox.port }),
      });
      if (seed !== undefined && kept?.isNew === false) {
        output.note(`${options.dataFolder ?? ''} holds a state already: the seed was left out.`);
      }
      await Promise.race([sandbox.closed, aborted(context.signal)]);
    } finally {
      await sandbox.close();
      if (options.readyFile !== undefined) await unlink(options.readyFile).catch(() => {});
    }
  } finally {
    await kept?.release();
  }
  output.note('The sandbox has stopped.');
  return ExitCode.done;
}

async function start(
  options: SandboxStartOptions,
  context: CommandContext,
  kept: KeptState | undefined,
  log: Log,
): Promise<Sandbox> {
  try {
    return await startSandbox({
      port: options.port,
      account: options.account,
      shardsPerTable: options.shards,
      ...(options.regions.length === 0 ? {} : { regions: options.regions }),
      ...(kept === undefined ? {} : { store: kept }),
      clock: context.clock,
      random: context.random,
      log,
    });
  } catch (error) {
    throw refusedState(options.dataFolder, error) ?? portError(error, options.port);
  }
}

/** A seed file that can be read. */
interface ReadSeed {
  readonly file: string;
  readonly json: unknown;
}

async function readSeed(file: string): Promise<ReadSeed> {
  const json = await readJsonFile('seed file', file);
  try {
    parseSeed(json);
  } catch (error) {
    throw refusedSeed(file, error);
  }
  return { file, json };
}

async function load(sandbox: Sandbox, { file, json }: ReadSeed, kept: KeptState | undefined): Promise<void> {
  try {
    await loadSeed(sandbox, json, dirname(file));
  } catch (error) {
    // Half a seed is no state to go on from.
    await sandbox.close();
    await kept?.forget();
    throw refusedSeed(file, error);
  }
}

function refusedSeed(file: string, error: unknown): unknown {
  if (!(error instanceof SeedError)) return error;
  const reason = error.message.replace(/\.$/, '');
  return usageError(`The seed file ${file} cannot be used: ${reason}.`);
}

/** `null` lets everything through. */
async function readPolicies(files: readonly string[]): Promise<readonly unknown[] | null> {
  if (files.length === 0) return null;
  const { parsePolicy, PolicyError } = await import('../../lib/sandbox/access/policy.js');
  const policies: unknown[] = [];
  for (const file of files) {
    const policy = await readJsonFile('policy file', file);
    try {
      parsePolicy(policy);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      throw usageError(
        `The policy file ${file} cannot be used: ${error.message}.`,
        'ddbx iam prints policies that can.',
      );
    }
    policies.push(policy);
  }
  return policies;
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
