import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { addReplicaCommand } from './add-replica.js';
import { checkCommand } from './check.js';
import { removeReplicaCommand } from './remove-replica.js';
import { statusCommand } from './status.js';

/** Declares the verbs of `ddbx global`. */
export function declareGlobal(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [statusCommand(host), checkCommand(host)]],
    ['Change:', [addReplicaCommand(host), removeReplicaCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
