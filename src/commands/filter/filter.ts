import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { checkCommand } from './check.js';
import { explainCommand } from './explain.js';
import { importCommand } from './import.js';
import { measureCommand } from './measure.js';
import { testCommand } from './test.js';

/** Declares the verbs of `ddbx filter`. */
export function declareFilter(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Without a network:', [checkCommand(host), testCommand(host), explainCommand(host)]],
    ['On what is in AWS:', [measureCommand(host), importCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
