import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import type { SnippetLanguage } from '../../lib/esm/emit-snippet.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds, surveyNeeds } from './needs.js';

/** Everything that `ddbx esm show` can be told. */
export interface ShowOptions {
  readonly mapping: MappingRef;
  /** Prints the mapping in this language instead. */
  readonly emit?: SnippetLanguage | undefined;
}

interface ShowFlags {
  readonly emit?: SnippetLanguage;
}

const LANGUAGES: readonly SnippetLanguage[] = ['terraform', 'cloudformation'];

const lazyRun: Run<ShowOptions> = async (options, context) => (await import('./show-run.js')).runShow(options, context);

/** `ddbx esm show`. */
export function showCommand(host: CommandHost, run: Run<ShowOptions> = lazyRun): Command {
  const command = new Command('show')
    .description('show one mapping: its state, its lag, its failure queue, every setting')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .addOption(new Option('--emit <language>', 'print it as a resource instead, to be kept in code').choices(LANGUAGES))
    .action((mapping: MappingRef, { emit }: ShowFlags, self: Command) =>
      host.run(self, context => run({ mapping, emit }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm show Orders:orders-indexer', does: 'how it stands' },
      { command: 'ddbx esm show Orders:orders-indexer --output json --query settings', does: 'for scripts' },
      { command: 'ddbx esm show Orders:orders-indexer --emit terraform', does: 'with the block that imports it' },
    ],
    iam: [
      ...findNeeds,
      ...surveyNeeds,
      { action: 'lambda:ListTags', resource: 'mapping', when: 'its tags are to be shown' },
    ],
  });
}
