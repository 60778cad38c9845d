import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type PresetName, presetNames } from '../../lib/esm/presets.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds } from './needs.js';

/** Everything that `ddbx esm explain` can be told. */
export interface ExplainOptions {
  readonly mapping: MappingRef;
  /** Explains the mapping as it would be with this preset. */
  readonly preset: PresetName | undefined;
}

interface ExplainFlags {
  readonly preset?: PresetName;
}

const lazyRun: Run<ExplainOptions> = async (options, context) =>
  (await import('./explain-run.js')).runExplain(options, context);

/** `ddbx esm explain`. */
export function explainCommand(host: CommandHost, run: Run<ExplainOptions> = lazyRun): Command {
  const command = new Command('explain')
    .description('say what happens to a record that fails: attempts, ages, splits, where it ends')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .addOption(new Option('--preset <name>', 'as it would be with this preset').choices(presetNames))
    .action((mapping: MappingRef, { preset }: ExplainFlags, self: Command) =>
      host.run(self, context => run({ mapping, preset }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx esm explain Orders:orders-indexer', does: 'as it is' },
      { command: 'ddbx esm explain Orders:orders-indexer --preset low-latency', does: 'as it would be' },
    ],
    iam: [
      ...findNeeds,
      { action: 'lambda:GetFunction', resource: 'function', when: 'the timeout is to be counted with' },
    ],
  });
}
