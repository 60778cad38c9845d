import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseFunctionRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { surveyNeeds } from './needs.js';

/** Everything that `ddbx esm list` can be told. */
export interface ListOptions {
  readonly table: TableRef | undefined;
  readonly functionName: string | undefined;
}

interface ListFlags {
  readonly function?: string;
}

const lazyRun: Run<ListOptions> = async (options, context) => (await import('./list-run.js')).runList(options, context);

/** `ddbx esm list`. */
export function listCommand(host: CommandHost, run: Run<ListOptions> = lazyRun): Command {
  const command = new Command('list')
    .description('show the mappings of a table, of a function, or of the Region: state, lag, failures')
    .argument('[table]', 'table name, table ARN or stream ARN', parsedBy(parseTableRef))
    .addOption(new Option('--function <name>', 'the mappings of this function').argParser(parsedBy(parseFunctionRef)))
    .action((table: TableRef | undefined, flags: ListFlags, self: Command) =>
      host.run(self, context => run({ table, functionName: flags.function }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm list', does: 'every mapping of a DynamoDB stream in the Region' },
      { command: 'ddbx esm list Orders', does: 'who reads one table, old streams among it' },
      { command: 'ddbx esm list --function orders-indexer --output json', does: 'all settings, for scripts' },
    ],
    iam: [{ action: 'lambda:ListEventSourceMappings' }, ...surveyNeeds],
    completes: 'table',
  });
}
