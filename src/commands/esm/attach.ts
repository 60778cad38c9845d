import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import type { StartingPosition } from '../../lib/aws/mappings-gateway.js';
import type { StreamViewType } from '../../lib/aws/streams-gateway.js';
import { parseFunctionRef } from '../../lib/esm/mapping-ref.js';
import type { PresetName } from '../../lib/esm/presets.js';
import { parseViewType, viewTypeNames } from '../../lib/streams/view-type.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { settingNeeds } from './needs.js';
import { addSettingOptions, type SettingFlags, tagOption, type TypedSettings, typedSettings } from './setting-flags.js';

/** Everything that `ddbx esm attach` can be told. */
export interface AttachOptions extends ChangeOptions {
  readonly table: TableRef;
  readonly functionName: string;
  readonly settings: TypedSettings;
  readonly preset: PresetName | undefined;
  readonly startingPosition: StartingPosition | undefined;
  readonly enableStream: StreamViewType | undefined;
  readonly disabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** False: leave when Lambda has taken the request. */
  readonly wait: boolean;
}

interface AttachFlags extends SettingFlags, Partial<ChangeOptions> {
  readonly startingPosition?: 'trim-horizon' | 'latest';
  readonly enableStream?: StreamViewType;
  readonly disabled?: boolean;
  readonly tag?: Readonly<Record<string, string>>;
  readonly wait: boolean;
}

const lazyRun: Run<AttachOptions> = async (options, context) =>
  (await import('./attach-run.js')).runAttach(options, context);

/** `ddbx esm attach`. */
export function attachCommand(host: CommandHost, run: Run<AttachOptions> = lazyRun): Command {
  const command = new Command('attach')
    .description("make a function read a table's stream, or change the mapping that does")
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .argument('<function>', 'function name, with an alias or without, or its ARN', parsedBy(parseFunctionRef))
    .addOption(
      new Option('--starting-position <position>', 'where a new mapping begins to read (trim-horizon)').choices([
        'trim-horizon',
        'latest',
      ]),
    )
    .addOption(
      new Option('--enable-stream <type>', 'turn the stream on with this view where it is off')
        .choices(viewTypeNames)
        .argParser(parsedBy(parseViewType)),
    )
    .option('--disabled', 'make the mapping, and let it read nothing yet')
    .addOption(tagOption())
    .option('--no-wait', 'do not wait until the mapping is enabled')
    .action((table: TableRef, functionName: string, flags: AttachFlags, self: Command) =>
      host.run(self, context => run({ table, functionName, ...optionsOf(flags) }, context)),
    );
  addSettingOptions(command);
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx esm attach Orders orders-indexer --on-failure create', does: 'with safe retries and a queue' },
      { command: 'ddbx esm attach Orders orders-indexer --dry-run', does: 'see every setting and where it comes from' },
      {
        command: `ddbx esm attach Orders mailer --filter '{"eventName":["INSERT"]}' --starting-position latest`,
        does: 'new orders only, from now on',
      },
      { command: 'ddbx esm attach Orders mailer --disabled', does: 'ready for a runbook; ddbx esm resume starts it' },
    ],
    iam: [
      { action: 'dynamodb:DescribeTable', resource: 'table' },
      { action: 'lambda:GetFunction', resource: 'function' },
      { action: 'lambda:ListEventSourceMappings' },
      { action: 'lambda:GetEventSourceMapping', resource: 'mapping' },
      { action: 'lambda:CreateEventSourceMapping' },
      { action: 'lambda:UpdateEventSourceMapping', resource: 'mapping', when: 'the mapping is there already' },
      { action: 'lambda:TagResource', resource: 'mapping', when: '--tag is given' },
      { action: 'dynamodb:UpdateTable', resource: 'table', when: '--enable-stream is given' },
      { action: 'dynamodb:ListTables', when: 'near names are to be suggested for an unknown table' },
      ...settingNeeds,
    ],
    completes: 'table',
  });
}

function optionsOf(flags: AttachFlags): Omit<AttachOptions, 'table' | 'functionName'> {
  const { startingPosition, enableStream, disabled, tag, wait, preset } = flags;
  const position = startingPosition === undefined ? undefined : POSITIONS[startingPosition];
  return {
    settings: typedSettings(flags),
    preset,
    startingPosition: position,
    enableStream,
    disabled: disabled ?? false,
    tags: tag ?? {},
    wait,
    ...changeOptions(flags),
  };
}

const POSITIONS: Readonly<Record<'trim-horizon' | 'latest', StartingPosition>> = {
  'trim-horizon': 'TRIM_HORIZON',
  latest: 'LATEST',
};
