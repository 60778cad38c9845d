import type { CompletionTable, LevelOption, Offer } from './levels.js';
import { quoted, quotedWords } from './shell-text.js';

/** One line of a `case`: what is done when one of the patterns, quoted as they have to be, matches. */
interface Arm {
  readonly patterns: readonly string[];
  readonly action: string;
}

/** A function that is one `case`. */
interface CaseFunction {
  readonly name: string;
  readonly says: string;
  readonly before?: string;
  readonly subject: string;
  readonly arms: readonly Arm[];
  readonly otherwise: string;
  readonly after?: string;
}

/** How a name is written where it is offered, alone or with what it does. */
export type WriteName = (name: string, description: string) => string;

/** The tree as functions over `case`, in what bash and zsh have in common; `prefix` begins the functions' names. */
export function caseTables(table: CompletionTable, prefix: string, writeName: WriteName): string {
  const namesOf = (options: readonly LevelOption[]): string =>
    options
      .flatMap(({ names: [name], description }) => (name === undefined ? [] : [writeName(name, description)]))
      .join(' ');
  const functions: readonly CaseFunction[] = [
    {
      name: `${prefix}_commands`,
      says: 'Sets names to the commands below the path $1.',
      subject: '$1',
      arms: table.levels
        .filter(level => level.commands.length > 0)
        .map(level => {
          const names = level.commands.map(({ name, description }) => writeName(name, description));
          return { patterns: [quoted(level.path)], action: `names=(${names.join(' ')})` };
        }),
      otherwise: 'names=()',
    },
    {
      name: `${prefix}_options`,
      says: 'Sets names to the options at the path $1.',
      subject: '$1',
      arms: table.levels
        .filter(level => level.options.length > 0)
        .map(level => ({ patterns: [quoted(level.path)], action: `names=(${namesOf(level.options)})` })),
      otherwise: 'names=()',
      after: `names+=(${namesOf(table.globals)})`,
    },
    {
      name: `${prefix}_value`,
      says: 'Says what the option $2 takes at the path $1: from stays empty for a flag.',
      before: "from='' list='' names=()",
      subject: '$1:$2',
      // Flags are named too: an option of the command hides one of the program.
      arms: table.levels.flatMap(level => level.options.map(option => valueArm(`${level.path}:`, option))),
      otherwise: `${prefix}_global_value "$2"`,
    },
    {
      name: `${prefix}_global_value`,
      says: 'The same for the options that every command takes.',
      subject: '$1',
      arms: table.globals.filter(option => option.offer !== undefined).map(option => valueArm('', option)),
      otherwise: ':',
    },
    {
      name: `${prefix}_argument`,
      says: 'Says what the argument $2 (from 0) is at the path $1.',
      before: "from='' list='' names=()",
      subject: '$1:$2',
      arms: table.levels.flatMap(level =>
        level.arguments.flatMap(({ offer, variadic }, index) => {
          const pattern = variadic ? `${quoted(`${level.path}:`)}*` : quoted(`${level.path}:${index}`);
          return offer.from === 'nothing' ? [] : [{ patterns: [pattern], action: source(offer) }];
        }),
      ),
      otherwise: ':',
    },
  ];
  return functions.map(caseFunction).join('\n\n');
}

function caseFunction({ name, says, before, subject, arms, otherwise, after }: CaseFunction): string {
  return [
    `# ${says}`,
    `${name}() {`,
    ...(before === undefined ? [] : [`  ${before}`]),
    `  case ${subject} in`,
    ...merged(arms).map(({ patterns, action }) => `    ${patterns.join(' | ')}) ${action} ;;`),
    `    *) ${otherwise} ;;`,
    '  esac',
    ...(after === undefined ? [] : [`  ${after}`]),
    '}',
  ].join('\n');
}

/** Arms that do the same become one; no two patterns of a function match the same, so their order is free. */
function merged(arms: readonly Arm[]): readonly Arm[] {
  const patterns = new Map<string, readonly string[]>();
  for (const arm of arms) patterns.set(arm.action, [...(patterns.get(arm.action) ?? []), ...arm.patterns]);
  return [...patterns].map(([action, all]) => ({ action, patterns: all }));
}

function valueArm(path: string, option: LevelOption): Arm {
  const patterns = option.names.map(name => quoted(`${path}${name}`));
  if (option.offer === undefined) return { patterns, action: ':' };
  return { patterns, action: `${source(option.offer)}${option.list ? ' list=1' : ''}` };
}

function source(offer: Offer): string {
  switch (offer.from) {
    case 'choices':
      return `from=names names=(${quotedWords(offer.words)})`;
    case 'files':
      return 'from=files';
    case 'asked':
      return `from=${offer.kind}`;
    case 'nothing':
      return 'from=nothing';
  }
}
