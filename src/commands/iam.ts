import type { Command } from 'commander';
import type { Run } from '../context.js';
import { parseTableRef, type TableRef } from '../lib/aws/arn.js';
import { usageError } from '../lib/model/error.js';
import type { WholeTree } from './command-tree.js';
import { type CommandHost, declareVerb, parsedBy } from './verb.js';

/** What `ddbx iam` is told. */
export interface IamOptions {
  /** The words of a verb, or of a noun for all its verbs; none stands for every verb. */
  readonly words: readonly string[];
  readonly table: TableRef | undefined;
  readonly account: string | undefined;
  /** Loads the verbs, each of which declares what it needs. */
  readonly wholeTree: WholeTree;
}

interface IamFlags {
  readonly table?: TableRef;
  readonly account?: string;
  readonly all?: boolean;
}

const lazyRun: Run<IamOptions> = async (options, context) => (await import('./iam-run.js')).runIam(options, context);

/** Declares `ddbx iam`. */
export function declareIam(
  command: Command,
  host: CommandHost,
  wholeTree: WholeTree,
  run: Run<IamOptions> = lazyRun,
): void {
  command
    .argument('[command...]', 'the command as it is typed, e.g. streams tail; a noun stands for all its verbs')
    .option('--all', 'one policy for every command')
    .option('--table <table>', 'only this table; a name or an ARN', parsedBy(parseTableRef))
    .option('--account <id>', 'only this account', parsedBy(parseAccount))
    .action((words: readonly string[], flags: IamFlags, self: Command) =>
      host.run(self, async context => run({ ...iamOptions(words, flags), wholeTree }, context)),
    );
  declareVerb(command, {
    examples: [
      { command: 'ddbx iam streams tail', does: 'for any table' },
      { command: 'ddbx iam streams tail --table Orders --region eu-west-1 --account 111122223333', does: 'for one' },
      { command: 'ddbx iam --all > ddbx-policy.json', does: 'everything that ddbx can do' },
    ],
    iam: [],
    completes: 'verb',
  });
}

function iamOptions(words: readonly string[], flags: IamFlags): Omit<IamOptions, 'wholeTree'> {
  const all = flags.all ?? false;
  if (all && words.length > 0) throw usageError('--all and a command contradict each other.', 'Leave one of them out.');
  if (!all && words.length === 0) {
    throw usageError('Which command is the policy for?', 'Type one, such as ddbx iam streams tail, or --all.');
  }
  // `ddbx iam 'streams tail'` means the same.
  return { words: words.flatMap(word => word.split(/\s+/)), table: flags.table, account: flags.account };
}

function parseAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw usageError(`"${text}" is not an AWS account id.`, 'It has twelve digits, such as 111122223333.');
}
