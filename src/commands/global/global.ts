import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { addReplicaCommand } from './add-replica.js';
import { checkCommand } from './check.js';
import { conflictsCommand } from './conflicts.js';
import { diffCommand } from './diff.js';
import { lagCommand } from './lag.js';
import { probeCommand } from './probe.js';
import { removeReplicaCommand } from './remove-replica.js';
import { statusCommand } from './status.js';
import { verifyCommand } from './verify.js';

/** Declares the verbs of `ddbx global`. */
export function declareGlobal(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [statusCommand(host), checkCommand(host), lagCommand(host)]],
    ['Change:', [addReplicaCommand(host), removeReplicaCommand(host)]],
    ['Prove:', [probeCommand(host), conflictsCommand(host), diffCommand(host), verifyCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
