import type { CompletionTable, Level, LevelOption, Offer } from './levels.js';
import { identifier, shellText } from './shell-text.js';

/**
 * The script for zsh: a file `_ddbx` in a folder of `$fpath`, or sourced after `compinit`.
 * Commands and options are shown with their descriptions; typed words are unquoted by `${(Q)...}`, which expands nothing.
 */
export function zshScript(table: CompletionTable): string {
  const name = `_${identifier(table.program)}`;
  const tables = [
    caseFunction(
      `_${name}_commands`,
      'Sets names to the commands below the path $1, each with its description.',
      '$1',
      table.levels.flatMap(level => (level.commands.length === 0 ? [] : [arm(quote(level.path), described(level))])),
      'names=()',
    ),
    caseFunction(
      `_${name}_options`,
      'Sets names to the options at the path $1, each with its description.',
      '$1',
      table.levels.flatMap(level =>
        level.options.length === 0 ? [] : [arm(quote(level.path), `names=(${optionWords(level.options)})`)],
      ),
      'names=()',
      `names+=(${optionWords(table.globals)})`,
    ),
    caseFunction(
      `_${name}_value`,
      'Says what the option $2 takes at the path $1: from stays empty for a flag.',
      '$1:$2',
      [
        ...table.levels.flatMap(level => level.options.map(option => valueArm(`${level.path}:`, option))),
        ...table.globals.map(option => valueArm('*:', option)),
      ],
      "from='' list=''",
    ),
    caseFunction(
      `_${name}_argument`,
      'Says what the argument $2 (from 0) is at the path $1.',
      '$1:$2',
      table.levels.flatMap(argumentArms),
      "from=''",
    ),
  ];
  return `#compdef ${table.program}
# zsh completion for ${table.program}; made by \`${table.program} completion zsh\`.
# Typed words are compared and passed on, never expanded or run.

${tables.join('\n\n')}

${engine(table, name)}
`;
}

function caseFunction(
  name: string,
  says: string,
  subject: string,
  arms: readonly string[],
  otherwise: string,
  after?: string,
): string {
  return [
    `# ${says}`,
    `${name}() {`,
    `  case ${subject} in`,
    ...arms.map(line => `    ${line}`),
    `    *) ${otherwise} ;;`,
    '  esac',
    ...(after === undefined ? [] : [`  ${after}`]),
    '}',
  ].join('\n');
}

function arm(pattern: string, action: string): string {
  return `${pattern}) ${action} ;;`;
}

function described(level: Level): string {
  return `names=(${level.commands.map(command => describedWord(command.name, command.description)).join(' ')})`;
}

function optionWords(options: readonly LevelOption[]): string {
  return options
    .flatMap(option => option.names.slice(0, 1).map(name => describedWord(name, option.description)))
    .join(' ');
}

/** `name:description`, as `_describe` takes it; a colon of the name is escaped. */
function describedWord(name: string, description: string): string {
  return quote(`${name.replaceAll(':', '\\:')}:${description}`);
}

function valueArm(prefix: string, option: LevelOption): string {
  const [path, wild] = prefix === '*:' ? ['', '*:'] : [prefix, ''];
  const patterns = option.names.map(name => `${wild}${quote(`${path}${name}`)}`).join(' | ');
  const list = option.list ? 'list=1' : "list=''";
  return arm(patterns, option.offer === undefined ? "from='' list=''" : `${source(option.offer)} ${list}`);
}

function argumentArms(level: Level): readonly string[] {
  return level.arguments.flatMap((argument, index) => {
    if (argument.offer.from === 'nothing') return [];
    const pattern = argument.variadic ? `${quote(`${level.path}:`)}*` : quote(`${level.path}:${index}`);
    return [arm(pattern, source(argument.offer))];
  });
}

function source(offer: Offer): string {
  switch (offer.from) {
    case 'choices':
      return `from=names names=(${offer.words.map(quote).join(' ')})`;
    case 'files':
      return 'from=files';
    case 'asked':
      return `from=${offer.kind}`;
    case 'nothing':
      return 'from=nothing';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function engine({ program, passedOn }: CompletionTable, name: string): string {
  const kept = passedOn.length === 0 ? "''" : passedOn.map(quote).join(' | ');
  return shellText`# Keeps the options that decide which AWS is asked.
_${name}_keep() {
  case $1 in
    ${kept}) kept+=("$1=$2") ;;
  esac
}

# Asks ${program} for names of the kind $1 that begin with $2.
_${name}_ask() {
  names=($\{(f)"$(command ${program} __complete "$1" "$\{kept[@]}" -- "$2" 2>/dev/null </dev/null)"})
}

${name}() {
  local at='' option='' literal='' from='' list='' word name
  local -i given=0 i
  local -a names kept

  for ((i = 2; i < CURRENT; i++)); do
    word=$\{(Q)words[i]}
    if [[ -n $option ]]; then
      _${name}_keep "$option" "$word"
      option=''
    elif [[ -n $literal || $word != -?* ]]; then
      _${name}_commands "$at"
      for name in "$\{names[@]}"; do
        if [[ -z $literal && $given == 0 && $\{name%%:*} == "$word" ]]; then
          at=$\{at:+$at }$word
          continue 2
        fi
      done
      given=$((given + 1))
    elif [[ $word == -- ]]; then
      literal=1
    elif [[ $word == --*=* ]]; then
      _${name}_keep "$\{word%%=*}" "$\{word#*=}"
    else
      _${name}_value "$at" "$word"
      if [[ -n $from ]]; then option=$word; fi
    fi
  done

  if [[ -n $option ]]; then
    _${name}_value "$at" "$option"
  elif [[ -z $literal && $PREFIX == --*=* ]]; then
    _${name}_value "$at" "$\{PREFIX%%=*}"
    compset -P 1 '*='
  elif [[ -z $literal && $PREFIX == -* ]]; then
    _${name}_options "$at"
    _describe -o 'option' names
    return
  else
    _${name}_commands "$at"
    if [[ -z $literal && $given == 0 && $\{#names} -gt 0 ]]; then
      _describe -t commands 'command' names
      return
    fi
    _${name}_argument "$at" "$given"
  fi
  if [[ -n $list ]]; then compset -P '*,'; fi

  case $from in
    '' | nothing) return 1 ;;
    files) _files; return ;;
    names) ;;
    *) _${name}_ask "$from" "$\{(Q)PREFIX}" ;;
  esac
  compadd -a names
}

if [[ $\{funcstack[1]-} == ${name} ]]; then
  ${name} "$@"
elif (( $+functions[compdef] )); then
  compdef ${name} ${program}
fi`;
}
