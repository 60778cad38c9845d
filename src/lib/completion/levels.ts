import type { ArgumentSpec, CommandSpec, OptionSpec, ValueKind } from './spec.js';

/** What TAB offers in one place. */
export type Offer =
  | { readonly from: 'choices'; readonly words: readonly string[] }
  | { readonly from: 'files' }
  /** Asked of `ddbx __complete <kind>` when TAB is pressed. */
  | { readonly from: 'asked'; readonly kind: Exclude<ValueKind, 'file'> }
  | { readonly from: 'nothing' };

/** An option and what may follow it; `offer` is undefined for a flag. */
export interface LevelOption {
  readonly names: readonly string[];
  readonly description: string;
  readonly offer: Offer | undefined;
  readonly list: boolean;
}

/** An argument and what is offered in its place. */
export interface LevelArgument {
  readonly offer: Offer;
  readonly variadic: boolean;
}

/** One command of the tree, laid flat for a script. */
export interface Level {
  /** The words behind the program's name, e.g. `streams tail`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly LevelOption[];
  readonly arguments: readonly LevelArgument[];
}

/** All that a script is made from. */
export interface CompletionTable {
  readonly program: string;
  /** The options of the root, accepted at every level. */
  readonly globals: readonly LevelOption[];
  /** Every command, the root first; the root's `options` are left to `globals`. */
  readonly levels: readonly Level[];
  /** The global options that decide which AWS is asked for table names. */
  readonly passedOn: readonly string[];
}

const DECIDES_WHERE = new Set(['--profile', '--region', '--endpoint-url']);

/** Lays the tree flat. A command that takes another command's name gets the tree's names as levels below it. */
export function completionTable(root: CommandSpec): CompletionTable {
  const levels: Level[] = [];
  const visit = (command: CommandSpec, path: string, options: readonly LevelOption[], onlyNames: boolean): void => {
    const takesName = command.arguments.some(takesVerb);
    const names = onlyNames || takesName;
    const below = (takesName ? root.commands : command.commands).filter(next => !names || isNamed(next));
    levels.push({
      path,
      commands: below.map(({ name, description }) => ({ name, description })),
      options,
      arguments: names ? [] : command.arguments.map(levelArgument),
    });
    for (const next of below) {
      const nextPath = path === '' ? next.name : `${path} ${next.name}`;
      visit(next, nextPath, names ? options : next.options.map(levelOption), names);
    }
  };
  visit(root, '', [], false);
  return {
    program: root.name,
    globals: root.options.map(levelOption),
    levels,
    passedOn: root.options.map(option => option.long).filter(long => DECIDES_WHERE.has(long)),
  };
}

function takesVerb(argument: ArgumentSpec): boolean {
  return argument.kind === 'verb';
}

/** Whether a command's name makes sense behind one that takes names: not its own, and not that of help. */
function isNamed(command: CommandSpec): boolean {
  return command.name !== 'help' && !command.arguments.some(takesVerb);
}

/** Every name under which an option is typed. */
function levelOption(option: OptionSpec): LevelOption {
  return {
    names: option.short === undefined ? [option.long] : [option.long, option.short],
    description: option.description,
    offer: option.value === undefined ? undefined : offerOf(option.value.choices, option.value.kind),
    list: option.value?.list ?? false,
  };
}

function levelArgument(argument: ArgumentSpec): LevelArgument {
  const kind = argument.kind === 'verb' ? undefined : argument.kind;
  return { offer: offerOf(argument.choices, kind), variadic: argument.variadic };
}

function offerOf(choices: readonly string[], kind: ValueKind | undefined): Offer {
  if (choices.length > 0) return { from: 'choices', words: choices };
  if (kind === undefined) return { from: 'nothing' };
  return kind === 'file' ? { from: 'files' } : { from: 'asked', kind };
}
