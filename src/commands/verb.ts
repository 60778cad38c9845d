import { type Command, InvalidArgumentError } from 'commander';
import type { ChangeOptions, CommandContext } from '../context.js';
import { DdbxError, type ExitCode } from '../lib/model/error.js';
import type { DocumentFormat } from '../lib/terminal/format.js';

/** One line of a verb's examples. */
export interface Example {
  readonly command: string;
  readonly does: string;
}

/** An IAM action that a verb needs, and on what (FACTS G). */
export interface IamNeed {
  readonly action: string;
  /** Left out: the action takes no resource, so the policy says `*`. */
  readonly resource?:
    | 'table'
    | 'stream'
    | 'function'
    | 'mapping'
    | 'queue'
    | 'topic'
    | 'bucket'
    | 'object'
    | 'key'
    /** The role in which DynamoDB replicates. */
    | 'replication-role';
  /** It is asked for in Regions that only the table knows, so naming one Region does not narrow it. */
  readonly everyRegion?: boolean;
  /** Said beside the statement, when the action is needed only with some option. */
  readonly when?: string;
}

/** What a verb declares besides its arguments and options. */
export interface VerbFacts {
  readonly examples: readonly Example[];
  readonly iam: readonly IamNeed[];
  /** Verbs that change something get --dry-run, --yes and --show-aws. */
  readonly changes?: boolean;
  /** What `--output` takes besides human, json and ndjson. */
  readonly formats?: readonly DocumentFormat[];
  /** What TAB offers for the verb's arguments. */
  readonly completes?: 'table' | 'verb' | 'file';
}

const FACTS = new WeakMap<Command, VerbFacts>();

/** Declares a verb's examples, IAM actions and kind; help, completion, `ddbx iam` and the reference are made from it. */
export function declareVerb(command: Command, facts: VerbFacts): Command {
  FACTS.set(command, facts);
  if (facts.changes === true) {
    command
      .optionsGroup('Safety:')
      .option('--dry-run', 'run all checks, print the plan and the calls, change nothing')
      .option('-y, --yes', 'do not ask')
      .option('--show-aws', 'print the equivalent aws command lines');
  }
  return command.addHelpText('after', () => `${formatsText(facts)}${examplesText(facts.examples)}`);
}

/** What a verb declared; undefined for a noun. */
export function verbFacts(command: Command): VerbFacts | undefined {
  return FACTS.get(command);
}

/** The parsed form of the options that `changes: true` added. */
export function changeOptions(flags: Readonly<Partial<ChangeOptions>>): ChangeOptions {
  return { dryRun: flags.dryRun ?? false, yes: flags.yes ?? false, showAws: flags.showAws ?? false };
}

/** What runs a verb's action; program.ts makes it, and tests put their own in its place. */
export interface CommandHost {
  /** Builds the context for this command and remembers the exit code of what `run` does with it. */
  run(command: Command, run: (context: CommandContext) => Promise<ExitCode>): Promise<void>;
}

/** Lets commander name the option whose value a parser of ours refuses. */
export function parsedBy<Value>(parse: (text: string) => Value): (text: string) => Value {
  return text => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof DdbxError)) throw error;
      throw new InvalidArgumentError(error.hint === undefined ? error.message : `${error.message} ${error.hint}`);
    }
  };
}

/** Collects a repeatable option, or one with commas, into a list. */
export function collected<Value>(parse: (text: string) => Value) {
  const parseOne = parsedBy(parse);
  return (text: string, previous: readonly Value[] | undefined): readonly Value[] => [
    ...(previous ?? []),
    ...text
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== '')
      .map(parseOne),
  ];
}

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It takes a whole number of at least ${least}.`);
    }
    return value;
  };
}

/** Says which formats the verb has that others have not. */
function formatsText({ formats = [] }: VerbFacts): string {
  return formats.length === 0 ? '' : `\n--output takes ${formats.join(' and ')} too.\n`;
}

function examplesText(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(example => example.command.length));
  const lines = examples.map(example =>
    width > 56
      ? `  # ${example.does}\n  $ ${example.command}`
      : `  $ ${example.command.padEnd(width)}  # ${example.does}`,
  );
  return `\nExamples:\n${lines.join('\n')}`;
}
