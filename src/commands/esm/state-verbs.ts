import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { type CommandHost, changeOptions, declareVerb, type IamNeed, type Example, parsedBy } from '../verb.js';
import { MAPPING_ARGUMENT } from './mapping-argument.js';
import { findNeeds } from './needs.js';

/** The verbs that change whether a mapping reads. */
export type StateVerb = 'pause' | 'resume' | 'detach';

/** Everything that those verbs can be told. */
export interface StateOptions extends ChangeOptions {
  readonly verb: StateVerb;
  readonly mapping: MappingRef;
  /** False: leave when Lambda has taken the request. */
  readonly wait: boolean;
}

interface StateFlags extends Partial<ChangeOptions> {
  readonly wait: boolean;
}

const lazyRun: Run<StateOptions> = async (options, context) =>
  (await import('./state-run.js')).runState(options, context);

/** `ddbx esm pause`. */
export function pauseCommand(host: CommandHost, run: Run<StateOptions> = lazyRun): Command {
  return stateCommand('pause', host, run, {
    description: 'stop a mapping from reading; it keeps its position for 24 hours',
    waits: 'do not wait until it is Disabled',
    examples: [
      { command: 'ddbx esm pause Orders:orders-indexer', does: 'and wait until it is Disabled' },
      { command: 'ddbx esm pause Orders:orders-indexer --timeout 2m', does: 'exit 6 when it takes longer' },
    ],
    iam: { action: 'lambda:UpdateEventSourceMapping', resource: 'mapping' },
  });
}

/** `ddbx esm resume`. */
export function resumeCommand(host: CommandHost, run: Run<StateOptions> = lazyRun): Command {
  return stateCommand('resume', host, run, {
    description: 'let a mapping read on where it stopped',
    waits: 'do not wait until it is Enabled',
    examples: [{ command: 'ddbx esm resume Orders:orders-indexer', does: 'and wait until it is Enabled' }],
    iam: { action: 'lambda:UpdateEventSourceMapping', resource: 'mapping' },
  });
}

/** `ddbx esm detach`. */
export function detachCommand(host: CommandHost, run: Run<StateOptions> = lazyRun): Command {
  return stateCommand('detach', host, run, {
    description: 'remove a mapping; its position in the stream is lost',
    waits: 'do not wait until it is gone',
    examples: [
      { command: 'ddbx esm detach Orders:orders-indexer', does: 'asks first' },
      { command: 'ddbx esm detach 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --yes', does: 'in a script' },
    ],
    iam: { action: 'lambda:DeleteEventSourceMapping', resource: 'mapping' },
  });
}

interface StateWords {
  readonly description: string;
  readonly waits: string;
  readonly examples: readonly Example[];
  readonly iam: IamNeed;
}

function stateCommand(verb: StateVerb, host: CommandHost, run: Run<StateOptions>, words: StateWords): Command {
  const command = new Command(verb)
    .description(words.description)
    .argument('<mapping>', MAPPING_ARGUMENT, parsedBy(parseMappingRef))
    .option('--no-wait', words.waits)
    .action((mapping: MappingRef, flags: StateFlags, self: Command) =>
      host.run(self, context => run({ verb, mapping, wait: flags.wait, ...changeOptions(flags) }, context)),
    );
  return declareVerb(command, { changes: true, examples: words.examples, iam: [...findNeeds, words.iam] });
}
