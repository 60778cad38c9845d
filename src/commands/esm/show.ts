import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds, surveyNeeds } from './needs.js';

/** Everything that `ddbx esm show` can be told. */
export interface ShowOptions {
  readonly mapping: MappingRef;
}

const lazyRun: Run<ShowOptions> = async (options, context) => (await import('./show-run.js')).runShow(options, context);

/** `ddbx esm show`. */
export function showCommand(host: CommandHost, run: Run<ShowOptions> = lazyRun): Command {
  const command = new Command('show')
    .description('show one mapping: its state, its lag, its failure queue, every setting')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .action((mapping: MappingRef, _flags: unknown, self: Command) =>
      host.run(self, context => run({ mapping }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm show Orders:orders-indexer', does: 'how it stands' },
      { command: 'ddbx esm show Orders:orders-indexer --output json --query settings', does: 'for scripts' },
    ],
    iam: [
      ...findNeeds,
      ...surveyNeeds,
      { action: 'lambda:ListTags', resource: 'mapping', when: 'its tags are to be shown' },
    ],
  });
}
