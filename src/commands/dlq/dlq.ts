import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { createCommand } from './create.js';
import { drainCommand } from './drain.js';
import { peekCommand } from './peek.js';
import { redriveCommand } from './redrive.js';
import { statusCommand } from './status.js';

/** Declares the verbs of `ddbx dlq`. */
export function declareDlq(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [statusCommand(host), peekCommand(host)]],
    ['Empty:', [drainCommand(host), redriveCommand(host)]],
    ['Set up:', [createCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
