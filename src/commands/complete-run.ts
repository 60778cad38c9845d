import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { knownRegions } from '../lib/completion/regions.js';
import { ExitCode } from '../lib/model/error.js';
import type { CompleteOptions } from './complete.js';

/** How long a TAB may wait for AWS, in milliseconds. */
const PATIENCE_MS = 1_000;

/** Prints the names that begin with the prefix: all that were found when the time is over. */
export async function runComplete(options: CompleteOptions, context: CommandContext): Promise<ExitCode> {
  const names = (await namesOf(options, context)).filter(name => name.startsWith(options.prefix));
  if (names.length > 0) await context.output('human').bytes(Buffer.from(`${names.join('\n')}\n`));
  return ExitCode.done;
}

function namesOf({ kind }: CompleteOptions, context: CommandContext): Promise<readonly string[]> {
  switch (kind) {
    case 'table':
      return tableNames(context);
    case 'region':
      return Promise.resolve(knownRegions);
    case 'profile':
      return profileNames(context.env);
  }
}

async function tableNames(context: CommandContext): Promise<readonly string[]> {
  const found: string[] = [];
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const list = async (): Promise<void> => {
    const aws = await context.aws();
    const tables = await aws.tables(await aws.defaultRegion());
    let after: string | undefined;
    do {
      const page = await tables.listTables({ after }, signal);
      found.push(...page.tableNames);
      after = page.lastEvaluatedTableName;
    } while (after !== undefined && !signal.aborted);
  };
  // Credentials can take longer than the signal can stop, so the clock races against them.
  const listing = list().catch(() => undefined);
  await Promise.race([listing, context.clock.sleep(PATIENCE_MS, context.signal).catch(() => undefined)]);
  over.abort();
  return found;
}

/** The names of the profiles in the files of the AWS CLI and SDKs. */
async function profileNames(env: CommandContext['env']): Promise<readonly string[]> {
  const home = join(env['HOME'] ?? env['USERPROFILE'] ?? '', '.aws');
  const texts = await Promise.all(
    [
      env['AWS_CONFIG_FILE'] ?? join(home, 'config'),
      env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, 'credentials'),
    ].map(path => readFile(path, 'utf8').catch(() => '')),
  );
  const names = texts.flatMap(text =>
    [...text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/gm)].flatMap(([, name]) =>
      name === undefined ? [] : [name],
    ),
  );
  return [...new Set(names)].sort();
}
