import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import type { StreamViewType } from '../../lib/aws/streams-gateway.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { changeNeeds } from './change-needs.js';
import { viewOption } from './view-option.js';

/** Everything that `ddbx streams set-view` can be told. */
export interface SetViewOptions extends ChangeOptions {
  readonly table: TableRef;
  readonly viewType: StreamViewType;
  /** Moves every mapping of an older stream of the table to the new one; undefined: they are left. */
  readonly repoint?: RepointChoice | undefined;
}

/** How mappings are moved along. */
export interface RepointChoice {
  /** Do not wait until the old stream is read. */
  readonly now: boolean;
}

interface SetViewFlags extends Partial<ChangeOptions> {
  readonly view: StreamViewType;
  readonly repoint?: boolean;
  readonly now?: boolean;
}

const lazyRun: Run<SetViewOptions> = async (options, context) =>
  (await import('./change-run.js')).runSetView(options, context);

/** `ddbx streams set-view`. */
export function setViewCommand(host: CommandHost, run: Run<SetViewOptions> = lazyRun): Command {
  const command = new Command('set-view')
    .description('change what a stream records, by replacing it with a new stream')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .addOption(viewOption())
    .option('--repoint', 'then move every mapping that it orphans, as ddbx esm repoint does')
    .addOption(new Option('--now', 'with --repoint: skip what is left of the old stream'))
    .action((table: TableRef, flags: SetViewFlags, self: Command) =>
      host.run(self, async context => {
        const { view: viewType, repoint = false, now = false } = flags;
        if (now && !repoint) throw usageError('--now says how mappings are moved.', 'Add --repoint, or leave it out.');
        return run({ table, viewType, repoint: repoint ? { now } : undefined, ...changeOptions(flags) }, context);
      }),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx streams set-view Orders --view new-and-old-images --dry-run', does: 'see what it orphans' },
      { command: 'ddbx streams set-view Orders --view keys-only', does: 'run it again if it was interrupted' },
      { command: 'ddbx streams set-view Orders --view keys-only --repoint', does: 'and take its mappings along' },
    ],
    iam: [
      ...changeNeeds,
      { action: 'lambda:GetEventSourceMapping', resource: 'mapping', when: '--repoint is given' },
      { action: 'lambda:ListTags', resource: 'mapping', when: '--repoint is given' },
      { action: 'lambda:CreateEventSourceMapping', when: '--repoint is given' },
      { action: 'lambda:DeleteEventSourceMapping', resource: 'mapping', when: '--repoint is given' },
      { action: 'dynamodb:DescribeStream', resource: 'stream', when: '--repoint is given without --now' },
      { action: 'cloudwatch:GetMetricData', when: '--repoint is given without --now' },
    ],
    completes: 'table',
  });
}
