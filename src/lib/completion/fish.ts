import type { CompletionTable, Level, LevelOption, Offer } from './levels.js';
import { identifier, shellText } from './shell-text.js';

/**
 * The script for fish: one `complete` line a command, option and argument.
 * `commandline` hands typed words over as data; none of them is expanded or run.
 */
export function fishScript(table: CompletionTable): string {
  const prefix = `__${identifier(table.program)}`;
  const complete = `complete -c ${table.program}`;
  const lines = [
    `${complete} -f`,
    '',
    ...table.globals.map(option => optionLine(complete, prefix, undefined, option)),
    ...table.levels.flatMap(level => ['', ...levelLines(complete, prefix, level)]),
  ];
  return `# fish completion for ${table.program}; made by \`${table.program} completion fish\`.
# Typed words are compared and passed on, never expanded or run.

${engine(table, prefix)}

${collapse(lines).join('\n')}
`;
}

function levelLines(complete: string, prefix: string, level: Level): readonly string[] {
  const at = `${prefix}_at ${quote(level.path)}`;
  return [
    ...level.commands.map(
      command => `${complete} -n ${quote(`${at} 0`)} -a ${quote(command.name)} -d ${quote(command.description)}`,
    ),
    ...level.options.map(option => optionLine(complete, prefix, at, option)),
    ...level.arguments.flatMap((argument, index) => {
      const condition = quote(`${at} ${argument.variadic ? '' : index}`.trimEnd());
      switch (argument.offer.from) {
        case 'nothing':
          return [];
        case 'files':
          return [`${complete} -n ${condition} -F`];
        case 'choices':
        case 'asked':
          return [`${complete} -n ${condition} -a ${offered(prefix, argument.offer, false)}`];
      }
    }),
  ];
}

function optionLine(complete: string, prefix: string, at: string | undefined, option: LevelOption): string {
  const names = option.names.map(name => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const parts = [complete, ...(at === undefined ? [] : [`-n ${quote(at)}`]), ...names, value(prefix, option)];
  return [...parts.filter(part => part !== ''), `-d ${quote(option.description)}`].join(' ');
}

function value(prefix: string, option: LevelOption): string {
  switch (option.offer?.from) {
    case undefined:
      return '';
    case 'files':
      return '-r -F';
    case 'nothing':
      return '-x';
    case 'choices':
    case 'asked':
      return `-x -a ${offered(prefix, option.offer, option.list)}`;
  }
}

function offered(prefix: string, offer: Extract<Offer, { from: 'choices' | 'asked' }>, list: boolean): string {
  if (offer.from === 'choices' && !list) return quote(offer.words.join(' '));
  const ask =
    offer.from === 'asked' ? `${prefix}_ask ${offer.kind}` : `string split ' ' ${quote(offer.words.join(' '))}`;
  return list ? quote(`(${prefix}_list (${ask}))`) : quote(`(${ask})`);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Takes out empty lines that follow one another. */
function collapse(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => line !== '' || (lines[index - 1] !== '' && index < lines.length - 1));
}

function engine({ program, globals, levels, passedOn }: CompletionTable, prefix: string): string {
  const paths = levels.map(level => level.path).filter(path => path !== '');
  const taking = (options: readonly LevelOption[]): readonly string[] =>
    options.filter(option => option.offer !== undefined).flatMap(option => option.names);
  const own = levels.flatMap(level => taking(level.options).map(name => `${level.path}:${name}`));
  return shellText`# The commands that can be typed, and the options behind which a value stands: of every command, and "command:option".
set -g ${prefix}_paths ${paths.map(quote).join(' ')}
set -g ${prefix}_taking ${[...taking(globals), ...own].map(quote).join(' ')}
set -g ${prefix}_passed_on ${passedOn.map(quote).join(' ')}

# Prints the command that is typed so far, then the number of its arguments, then the options for asking.
function ${prefix}_typed
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l at ''
    set -l given 0
    set -l option ''
    set -l literal ''
    set -l kept
    for token in $tokens
        if test -n "$option"
            contains -- "$option" $${prefix}_passed_on; and set -a kept "$option=$token"
            set option ''
        else if test -z "$literal"; and test "$token" = --
            set literal 1
        else if test -z "$literal"; and string match -q -- '--*=*' "$token"
            contains -- (string split -m 1 '=' -- "$token")[1] $${prefix}_passed_on; and set -a kept "$token"
        else if test -z "$literal"; and string match -q -- '-?*' "$token"
            if contains -- "$token" $${prefix}_taking; or contains -- "$at:$token" $${prefix}_taking
                set option $token
            end
        else
            set -l next (string trim -- "$at $token")
            if test -z "$literal"; and test $given -eq 0; and contains -- "$next" $${prefix}_paths
                set at $next
            else
                set given (math $given + 1)
            end
        end
    end
    printf '%s\n' "$at" $given $kept
end

# Whether the command $argv[1] is typed, with $argv[2] arguments behind it when that is given.
function ${prefix}_at
    set -l typed (${prefix}_typed)
    test "$typed[1]" = "$argv[1]"; or return 1
    test (count $argv) -eq 1; or test "$typed[2]" = "$argv[2]"
end

# Asks ${program} for names of a kind that begin with what is typed.
function ${prefix}_ask
    set -l kept (${prefix}_typed)
    set -e kept[1..2]
    set -l last (string split ',' -- (string replace -r -- '^--[^=]*=' '' (commandline -ct)))[-1]
    command ${program} __complete $argv[1] $kept -- "$last" 2>/dev/null </dev/null
end

# Puts what is typed before the last comma in front of each name.
function ${prefix}_list
    set -l before (string match -r -- '^.*,' (string replace -r -- '^--[^=]*=' '' (commandline -ct)))
    for name in $argv
        echo "$before$name"
    end
end`;
}
