import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { adviseCommand } from './advise.js';
import { attachCommand } from './attach.js';
import { blockedCommand } from './blocked.js';
import { explainCommand } from './explain.js';
import { lintCommand } from './lint.js';
import { listCommand } from './list.js';
import { repointCommand } from './repoint.js';
import { showCommand } from './show.js';
import { detachCommand, pauseCommand, resumeCommand } from './state-verbs.js';
import { tuneCommand } from './tune.js';

/** Declares the verbs of `ddbx esm`. */
export function declareEsm(command: Command, host: CommandHost): void {
  const groups: readonly (readonly [string, readonly Command[]])[] = [
    ['Look:', [listCommand(host), showCommand(host)]],
    ['Change:', [attachCommand(host), tuneCommand(host), pauseCommand(host), resumeCommand(host)]],
    ['Move and remove:', [repointCommand(host), detachCommand(host)]],
    ['Understand:', [lintCommand(host), explainCommand(host), adviseCommand(host), blockedCommand(host)]],
  ];
  for (const [group, verbs] of groups) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    for (const verb of verbs) command.addCommand(verb.copyInheritedSettings(command).helpGroup(group));
  }
}
