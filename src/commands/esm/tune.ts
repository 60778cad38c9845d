import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { type MappingRef, parseMappingRef, spelledMapping } from '../../lib/esm/mapping-ref.js';
import type { PresetName } from '../../lib/esm/presets.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds, settingNeeds } from './needs.js';
import { addSettingOptions, type SettingFlags, type TypedSettings, typedSettings } from './setting-flags.js';

/** Everything that `ddbx esm tune` can be told. */
export interface TuneOptions extends ChangeOptions {
  readonly mapping: MappingRef;
  readonly settings: TypedSettings;
  readonly preset: PresetName | undefined;
  /** False: leave when Lambda has taken the request. */
  readonly wait: boolean;
}

interface TuneFlags extends SettingFlags, Partial<ChangeOptions> {
  readonly startingPosition?: string;
  readonly eventSourceArn?: string;
  readonly wait: boolean;
}

const lazyRun: Run<TuneOptions> = async (options, context) => (await import('./tune-run.js')).runTune(options, context);

/** `ddbx esm tune`. */
export function tuneCommand(host: CommandHost, run: Run<TuneOptions> = lazyRun): Command {
  const command = new Command('tune')
    .description('change settings of a mapping: prints old -> new, and does nothing when nothing changes')
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .option('--no-wait', 'do not wait until the change is done')
    // They are parameters of the mapping, so people try them; they are answered, not offered.
    .addOption(new Option('--starting-position <position>').hideHelp())
    .addOption(new Option('--event-source-arn <arn>').hideHelp())
    .action((mapping: MappingRef, flags: TuneFlags, self: Command) =>
      host.run(self, async context => {
        refuseImmutable(mapping, flags);
        const settings = typedSettings(flags);
        if (Object.keys(settings).length === 0 && flags.preset === undefined) throw nothingAsked(mapping);
        return run({ mapping, settings, preset: flags.preset, wait: flags.wait, ...changeOptions(flags) }, context);
      }),
    );
  addSettingOptions(command);
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx esm tune Orders:orders-indexer --parallelization-factor 4', does: 'more lanes for each shard' },
      { command: 'ddbx esm tune Orders:orders-indexer --preset resilient --dry-run', does: 'what would change' },
      { command: 'ddbx esm tune Orders:orders-indexer --on-failure create', does: 'a queue for what is given up' },
      { command: 'ddbx esm tune Orders:orders-indexer --filter @filter.json', does: 'replace the filters' },
    ],
    iam: [...findNeeds, { action: 'lambda:UpdateEventSourceMapping', resource: 'mapping' }, ...settingNeeds],
  });
}

/** Refuses what Lambda does not change in place (FACTS B.1), and names the verb that can. */
function refuseImmutable(mapping: MappingRef, { startingPosition, eventSourceArn }: TuneFlags): void {
  const name = spelledMapping(mapping);
  const refuse = (message: string, hint: string): DdbxError =>
    new DdbxError({ code: 'cannot-change-in-place', message, hint, exitCode: ExitCode.usage });
  if (startingPosition !== undefined) {
    throw refuse(
      'Lambda does not change where a mapping begins to read.',
      `Remove it (ddbx esm detach ${name}) and attach it anew with --starting-position; its position in the stream is lost.`,
    );
  }
  if (eventSourceArn !== undefined) {
    throw refuse(
      'Lambda does not change the stream that a mapping reads.',
      `ddbx esm repoint ${name} moves it to the present stream of its table, with the same settings.`,
    );
  }
}

function nothingAsked(mapping: MappingRef): DdbxError {
  return usageError(
    'No setting was named.',
    `Name at least one, such as --batch-size 200, or a --preset; ddbx esm show ${spelledMapping(mapping)} prints what is set.`,
  );
}
