import type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from '../../../src/lib/completion/spec.js';

/** An option for a tree of a test. */
export function anOption(long: string, value?: Partial<ValueSpec>, more: Partial<OptionSpec> = {}): OptionSpec {
  return {
    long,
    short: undefined,
    description: `what ${long} does`,
    value:
      value === undefined
        ? undefined
        : { name: 'value', required: true, list: false, choices: [], kind: undefined, ...value },
    negated: long.startsWith('--no-'),
    ...more,
  };
}

/** An argument for a tree of a test. */
export function anArgument(more: Partial<ArgumentSpec> = {}): ArgumentSpec {
  return {
    name: 'table',
    description: '',
    required: true,
    variadic: false,
    choices: [],
    kind: undefined,
    ...more,
  };
}

/** A command for a tree of a test. */
export function aCommand(name: string, more: Partial<CommandSpec> = {}): CommandSpec {
  return { name, description: `what ${name} does`, commands: [], options: [], arguments: [], ...more };
}

/** A tree with one of everything that a script has to know. */
export const smallTree: CommandSpec = aCommand('ddbx', {
  options: [
    anOption('--region', { kind: 'region' }),
    anOption('--profile', { kind: 'profile' }),
    anOption('--endpoint-url', { name: 'url' }),
    anOption('--output', { choices: ['human', 'json', 'ndjson'] }),
    anOption('--quiet', undefined, { short: '-q' }),
    anOption('--no-progress'),
  ],
  commands: [
    aCommand('streams', {
      description: "read a table's stream: all of it",
      commands: [
        aCommand('list', { options: [anOption('--regions', { kind: 'region', list: true }), anOption('--all')] }),
        aCommand('tail', {
          options: [
            anOption('--event', { choices: ['insert', 'modify', 'remove'], list: true }),
            anOption('--checkpoint', { kind: 'file' }),
            anOption('--limit', { name: 'n' }, { short: '-n' }),
          ],
          arguments: [anArgument({ kind: 'table', variadic: true })],
        }),
      ],
    }),
    aCommand('wait', {
      arguments: [anArgument({ kind: 'table' }), anArgument({ name: 'state', choices: ['active', 'enabled'] })],
    }),
    aCommand('iam', {
      options: [anOption('--account', { name: 'id' })],
      arguments: [anArgument({ name: 'command', kind: 'verb', variadic: true })],
    }),
  ],
});
