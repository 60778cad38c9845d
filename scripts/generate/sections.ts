import type { ArgumentSpec } from '../../src/lib/completion/spec.js';
import type { OptionNode } from '../../src/commands/command-tree.js';
import { ExitCode } from '../../src/lib/model/error.js';
import { exitCodes } from './surroundings.js';

/** Options under the heading that help gives them. */
export interface OptionGroup {
  /** Without the colon; `Options` for those that have none. */
  readonly heading: string;
  readonly options: readonly OptionNode[];
}

/** Puts options under their headings, in the order in which they were declared. */
export function optionGroups(options: readonly OptionNode[]): readonly OptionGroup[] {
  const groups = new Map<string, OptionNode[]>();
  for (const option of options) {
    const heading = option.group?.replace(/:$/, '') ?? 'Options';
    groups.set(heading, [...(groups.get(heading) ?? []), option]);
  }
  return [...groups].map(([heading, grouped]) => ({ heading, options: grouped }));
}

/** What an option does, as a sentence with its choices and default. */
export function optionText({ description, value, defaultText }: OptionNode): string {
  return sentence([description, ...choicesText(value?.choices ?? [])], defaultText);
}

/** What an argument is, as a sentence with its choices. */
export function argumentText({ description, choices }: ArgumentSpec): string {
  return sentence([description, ...choicesText(choices)], undefined);
}

/** An argument as the usage line writes it. */
export function argumentName({ name, required, variadic }: ArgumentSpec): string {
  const text = variadic ? `${name}...` : name;
  return required ? `<${text}>` : `[${text}]`;
}

/** The exit codes in rising order, with what they mean. */
export function exitCodeLines(): readonly { readonly code: number; readonly means: string }[] {
  return (Object.keys(ExitCode) as readonly (keyof typeof ExitCode)[])
    .map(name => ({ code: ExitCode[name], means: exitCodes[name] }))
    .sort((a, b) => a.code - b.code);
}

/** Text with a capital at its beginning and a full stop at its end. */
export function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function choicesText(choices: readonly string[]): readonly string[] {
  return choices.length === 0 ? [] : [`one of ${choices.join(', ')}`];
}

function sentence(parts: readonly string[], defaultText: string | undefined): string {
  const said = asSentence(parts.filter(part => part !== '').join(': '));
  return defaultText === undefined ? said : `${said} Default: ${defaultText}.`;
}
