import type { Argument, Command, Option } from 'commander';
import type { ArgumentSpec, CommandSpec, OptionSpec, ValueKind, ValueSpec } from '../lib/completion/spec.js';
import { type VerbFacts, verbFacts } from './verb.js';

/** An option with what the reference says of it beyond completion. */
export interface OptionNode extends OptionSpec {
  /** As it is declared: `-n, --limit <n>`. */
  readonly flags: string;
  /** The heading of its group in help; undefined without one. */
  readonly group: string | undefined;
  /** What holds when it is left out, as help says it; undefined when nothing is said. */
  readonly defaultText: string | undefined;
}

/** A command with all that was declared about it. */
export interface CommandNode extends CommandSpec {
  /** The words behind `ddbx`, e.g. `streams tail`; empty for ddbx itself. */
  readonly path: string;
  /** The line of help that shows how it is called. */
  readonly usage: string;
  readonly commands: readonly CommandNode[];
  readonly options: readonly OptionNode[];
  /** Undefined for a noun. */
  readonly facts: VerbFacts | undefined;
}

/** Loads every command and gives the program back, so that all of it can be described. */
export type WholeTree = () => Promise<Command>;

const HELP_OPTION = '--help';

/**
 * Turns commander's tree, of which everything must be loaded, into a plain description.
 * Hidden commands and options are left out; `--help` is described once, at the root.
 */
export function describeTree(program: Command): CommandNode {
  return describe(program, '', program);
}

/** Every command that does something by itself, in the order of help. */
export function verbsOf(node: CommandNode): readonly (CommandNode & { readonly facts: VerbFacts })[] {
  const { facts } = node;
  return [...(facts === undefined ? [] : [{ ...node, facts }]), ...node.commands.flatMap(verbsOf)];
}

function describe(command: Command, path: string, program: Command): CommandNode {
  const help = command.createHelp();
  const facts = verbFacts(command);
  const options = help
    .visibleOptions(command)
    .filter(option => command === program || option.long !== HELP_OPTION)
    .map(describeOption);
  const below = help.visibleCommands(command).map(next => {
    const nextPath = path === '' ? next.name() : `${path} ${next.name()}`;
    // commander's own help command is no part of `commands`, and takes the names of its neighbours.
    return command.commands.includes(next) ? describe(next, nextPath, program) : describeHelp(command, next, nextPath);
  });
  return {
    name: command.name(),
    description: command.description(),
    path,
    usage: [program.name(), path, usageOf(command, options)].filter(part => part !== '').join(' '),
    commands: below,
    options,
    arguments: command.registeredArguments.map(argument => describeArgument(argument, facts)),
    facts,
  };
}

function describeHelp(noun: Command, help: Command, path: string): CommandNode {
  const names = noun
    .createHelp()
    .visibleCommands(noun)
    .filter(command => command !== help);
  return {
    name: help.name(),
    description: help.description(),
    path,
    usage: '',
    commands: [],
    options: [],
    arguments: [
      {
        name: 'command',
        description: '',
        required: false,
        variadic: false,
        choices: names.filter(command => noun.commands.includes(command)).map(command => command.name()),
        kind: undefined,
      },
    ],
    facts: undefined,
  };
}

function usageOf(command: Command, options: readonly OptionNode[]): string {
  const words = command.registeredArguments.map(argument => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  if (options.length > 0) words.push('[options]');
  if (command.commands.length > 0) words.push('<command>');
  return words.join(' ');
}

function describeOption(option: Option): OptionNode {
  return {
    long: option.long ?? option.flags,
    short: option.long === undefined ? undefined : option.short,
    description: option.description,
    value: option.required || option.optional ? describeValue(option) : undefined,
    negated: option.negate,
    flags: option.flags,
    group: option.helpGroupHeading,
    defaultText: defaultText(option),
  };
}

function describeValue(option: Option): ValueSpec {
  const name = /[<[]([^\]>]+)[\]>]/.exec(option.flags)?.[1] ?? 'value';
  return {
    name,
    required: option.required,
    // By the rule of the house the name of a list is a plural: --regions <regions>.
    list: /[^s]s$/.test(name),
    choices: option.argChoices ?? [],
    kind: valueKind(option.long ?? '', name),
  };
}

/** What TAB can offer for an option's value, by the names that are used for such values everywhere. */
function valueKind(long: string, name: string): ValueKind | undefined {
  if (long === '--profile') return 'profile';
  if (/^regions?$/.test(name)) return 'region';
  if (/^tables?$/.test(name) || long === '--table') return 'table';
  return /file|folder|path/.test(name) ? 'file' : undefined;
}

function defaultText(option: Option): string | undefined {
  if (option.defaultValueDescription !== undefined) return option.defaultValueDescription || undefined;
  const value: unknown = option.defaultValue;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function describeArgument(argument: Argument, facts: VerbFacts | undefined): ArgumentSpec {
  return {
    name: argument.name(),
    description: argument.description,
    required: argument.required,
    variadic: argument.variadic,
    choices: argument.argChoices ?? [],
    kind: facts?.completes,
  };
}
