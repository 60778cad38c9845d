/** Where the values that TAB offers come from, when they are no fixed list. */
export type ValueKind = 'table' | 'region' | 'profile' | 'file';

/** The value of an option. */
export interface ValueSpec {
  /** As help shows it, without brackets: `duration`. */
  readonly name: string;
  /** False for an option that may stand without its value. */
  readonly required: boolean;
  /** True when several values may be given with commas between them. */
  readonly list: boolean;
  readonly choices: readonly string[];
  readonly kind: ValueKind | undefined;
}

/** An option of a command. */
export interface OptionSpec {
  /** With its dashes, e.g. `--region`; a negated option is `--no-progress`. */
  readonly long: string;
  /** With its dash, e.g. `-q`. */
  readonly short: string | undefined;
  readonly description: string;
  /** Undefined for a flag. */
  readonly value: ValueSpec | undefined;
  readonly negated: boolean;
}

/** A positional argument; `verb` is the name of another command, word by word. */
export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly choices: readonly string[];
  readonly kind: ValueKind | 'verb' | undefined;
}

/** The command tree as completion sees it. The options of the root are accepted everywhere. */
export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly CommandSpec[];
  readonly options: readonly OptionSpec[];
  readonly arguments: readonly ArgumentSpec[];
}
