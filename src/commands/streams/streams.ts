import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { describeCommand } from './describe.js';
import { disableCommand } from './disable.js';
import { enableCommand } from './enable.js';
import { exportCommand } from './export.js';
import { listCommand } from './list.js';
import { replayCommand } from './replay.js';
import { setViewCommand } from './set-view.js';
import { statsCommand } from './stats.js';
import { tailCommand } from './tail.js';

/** Declares the verbs of `ddbx streams`. */
export function declareStreams(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [listCommand(host), describeCommand(host)]],
    ['Change:', [enableCommand(host), disableCommand(host), setViewCommand(host)]],
    ['Read:', [tailCommand(host), exportCommand(host), replayCommand(host), statsCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
