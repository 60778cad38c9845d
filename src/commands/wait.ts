import { type Command, Option } from 'commander';
import type { Run } from '../context.js';
import { parseTableRef, type TableRef } from '../lib/aws/arn.js';
import { type CommandHost, declareVerb, parsedBy } from './verb.js';

/** The states that can be waited for. */
export const waitStates = ['stream-enabled', 'stream-disabled', 'table-active', 'replicas-active'] as const;

/** One of them. */
export type WaitState = (typeof waitStates)[number];

/** Everything that `ddbx wait` can be told; how long is the global --timeout. */
export interface WaitOptions {
  readonly table: TableRef;
  readonly state: WaitState;
}

interface WaitFlags {
  readonly for: WaitState;
}

const lazyRun: Run<WaitOptions> = async (options, context) => (await import('./wait-run.js')).runWait(options, context);

/** Declares `ddbx wait`. */
export function declareWait(command: Command, host: CommandHost, run: Run<WaitOptions> = lazyRun): void {
  command
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(new Option('--for <state>', 'what to wait for').choices(waitStates).makeOptionMandatory())
    .action((table: TableRef, flags: WaitFlags, self: Command) =>
      host.run(self, context => run({ table, state: flags.for }, context)),
    );
  declareVerb(command, {
    examples: [
      { command: 'ddbx wait Orders --for stream-enabled', does: 'after enable --no-wait' },
      { command: 'ddbx wait Orders --for replicas-active --timeout 2h', does: 'whoever changes its Regions' },
      { command: 'ddbx wait Orders --for table-active --timeout 2m', does: 'exit 6 when the time is over (10m)' },
    ],
    iam: [
      { action: 'dynamodb:DescribeTable', resource: 'table' },
      { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
    ],
    completes: 'table',
  });
}
