import { caseTables } from './case-tables.js';
import type { CompletionTable } from './levels.js';
import { identifier, quoted, shellText } from './shell-text.js';

/**
 * The script for zsh: a file `_ddbx` in a folder of `$fpath`, or sourced after `compinit`.
 * Commands and options are shown with their descriptions; typed words are unquoted by `${(Q)...}`, which expands nothing.
 */
export function zshScript(table: CompletionTable): string {
  const name = `_${identifier(table.program)}`;
  return `#compdef ${table.program}
# zsh completion for ${table.program}; made by \`${table.program} completion zsh\`.
# Typed words are compared and passed on, never expanded or run.

${caseTables(table, `_${name}`, describedName)}

${engine(table, name)}
`;
}

/** `name:description`, as `_describe` takes it; a colon of the name is escaped. */
function describedName(name: string, description: string): string {
  return quoted(`${name.replaceAll(':', '\\:')}:${description}`);
}

function engine({ program, passedOn }: CompletionTable, name: string): string {
  const kept = passedOn.length === 0 ? "''" : passedOn.map(quoted).join(' | ');
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
