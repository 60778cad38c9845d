import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';

/** Everything that `ddbx filter import` can be told. */
export interface ImportOptions {
  readonly mapping: MappingRef;
}

const lazyRun: Run<ImportOptions> = async (options, context) =>
  (await import('./import-run.js')).runImport(options, context);

/** `ddbx filter import`. */
export function importCommand(host: CommandHost, run: Run<ImportOptions> = lazyRun): Command {
  const command = new Command('import')
    .description('print the filters of an event source mapping, as the other verbs take them')
    .argument('<mapping>', 'UUID, ARN, or table:function', parsedBy(parseMappingRef))
    .action((mapping: MappingRef, _flags: object, self: Command) =>
      host.run(self, context => run({ mapping }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx filter import Orders:order-events', does: 'one filter a line' },
      { command: 'ddbx filter import Orders:order-events > filters.json', does: 'for ddbx filter test @filters.json' },
    ],
    iam: [
      { action: 'lambda:ListEventSourceMappings', when: 'a table and a function are named' },
      { action: 'lambda:GetEventSourceMapping', resource: 'mapping' },
    ],
  });
}
