import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { describeCommand } from './describe.js';
import { disableCommand } from './disable.js';
import { enableCommand } from './enable.js';
import { listCommand } from './list.js';
import { setViewCommand } from './set-view.js';
import { tailCommand } from './tail.js';

/** Declares the verbs of `ddbx streams`. */
export function declareStreams(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [listCommand(host), describeCommand(host)]],
    ['Change:', [enableCommand(host), disableCommand(host), setViewCommand(host)]],
    ['Read:', [tailCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
