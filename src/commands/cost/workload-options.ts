import { type Command, Option } from 'commander';
import { type WorkloadField, type WorkloadTexts, workloadFields } from '../../lib/cost/fields.js';

/** Global options serve for these: the table's Region is the Region. */
const ELSEWHERE: ReadonlySet<string> = new Set(['region']);

/** Adds a flag for every field of a workload; what is typed stays text until all of it is read together. */
export function addWorkloadOptions(command: Command): void {
  let group = '';
  for (const field of workloadFields) {
    if (ELSEWHERE.has(field.name)) continue;
    if (field.group !== group) command.optionsGroup(field.group);
    group = field.group;
    command.addOption(optionOf(field));
  }
}

function optionOf({ name, value, list, choices, description }: WorkloadField): Option {
  const option = new Option(value === undefined ? `--${name}` : `--${name} ${value}`, description);
  if (choices !== undefined) option.choices(choices);
  if (list === true)
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  return option;
}

/** What was typed of the fields. */
export function typedTexts(flags: Readonly<Record<string, unknown>>): WorkloadTexts {
  const texts = new Map<string, readonly string[]>();
  for (const { name } of workloadFields) {
    const value = ELSEWHERE.has(name) ? undefined : flags[camelCase(name)];
    if (typeof value === 'string') texts.set(name, [value]);
    else if (value === true) texts.set(name, ['true']);
    else if (Array.isArray(value)) texts.set(name, value.map(String));
  }
  return texts;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
