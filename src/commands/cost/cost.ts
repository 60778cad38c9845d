import type { Command } from 'commander';
import type { CommandHost } from '../verb.js';
import { compareCommand } from './compare.js';
import { estimateCommand } from './estimate.js';
import { explainCommand } from './explain.js';
import { pricesCommand } from './prices.js';

/** Declares the verbs of `ddbx cost`. */
export function declareCost(command: Command, host: CommandHost): void {
  for (const verb of [estimateCommand(host), compareCommand(host), explainCommand(host), pricesCommand(host)]) {
    // A verb that was made by itself knows nothing yet of where and how the program writes.
    command.addCommand(verb.copyInheritedSettings(command));
    for (const below of verb.commands) below.copyInheritedSettings(command);
  }
}
