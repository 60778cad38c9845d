import { caseTables } from './case-tables.js';
import type { CompletionTable } from './levels.js';
import { identifier, quoted, shellText } from './shell-text.js';

/**
 * The script for bash, from 3.2 (the one that macOS has) on.
 * It cuts the typed line into words itself, so that what bash makes of `:` and `=` does not matter; no word of the line
 * is ever expanded or run, and no `compgen -W` is used, which would do both.
 */
export function bashScript(table: CompletionTable): string {
  const name = `_${identifier(table.program)}`;
  return `# bash completion for ${table.program}; made by \`${table.program} completion bash\`.
# Typed words are compared and passed on, never expanded or run.

${caseTables(table, `_${name}`, quoted)}

${engine(table, name)}
`;
}

function engine({ program, passedOn }: CompletionTable, name: string): string {
  const kept = passedOn.length === 0 ? "''" : passedOn.map(quoted).join(' | ');
  return shellText`# Cuts $1 into words without their quotes. open is the quote that is not closed, open_at where it began in the last word.
_${name}_split() {
  local line=$1 word='' character quoted='' begun='' i
  words=() open='' open_at=0
  for ((i = 0; i < $\{#line}; i++)); do
    character=$\{line:i:1}
    if [[ -n $quoted && $character == "$quoted" ]]; then
      quoted=''
    elif [[ $quoted == "'" ]]; then
      word+=$character
    elif [[ $character == \\ ]]; then
      i=$((i + 1)) begun=1
      word+=$\{line:i:1}
    elif [[ -n $quoted ]]; then
      word+=$character
    else
      case $character in
        "'" | '"') quoted=$character begun=1 open_at=$\{#word} ;;
        ' ' | $'\t' | $'\n')
          if [[ -n $begun ]]; then words+=("$word"); fi
          word='' begun='' open_at=0
          ;;
        *) word+=$character begun=1 ;;
      esac
    fi
  done
  words+=("$word")
  open=$quoted
}

# Keeps the options that decide which AWS is asked.
_${name}_keep() {
  case $1 in
    ${kept}) kept+=("$1=$2") ;;
  esac
}

# Asks ${program} for names of the kind $1 that begin with $2; the answer is good for ten seconds.
_${name}_ask() {
  local key="$* $\{kept[*]-}" line
  if [[ $key != "$\{_${name}_asked-}" || $SECONDS -gt $\{_${name}_until:-0} ]]; then
    _${name}_answer=$(command ${program} __complete "$1" $\{kept[@]+"$\{kept[@]}"} -- "$2" 2>/dev/null </dev/null)
    _${name}_asked=$key _${name}_until=$((SECONDS + 10))
  fi
  names=()
  while IFS= read -r line; do
    if [[ -n $line ]]; then names+=("$\{line%%$'\t'*}"); fi
  done <<<"$_${name}_answer"
}

${name}() {
  local at='' option='' literal='' given=0 from='' list='' open='' open_at=0
  local current prefix='' whole cut='' word name i breaks=$\{COMP_WORDBREAKS-}
  local -a words=() names=() kept=()
  COMPREPLY=()
  _${name}_split "$\{COMP_LINE:0:COMP_POINT}"
  current=$\{words[$\{#words[@]} - 1]}

  for ((i = 1; i < $\{#words[@]} - 1; i++)); do
    word=$\{words[i]}
    if [[ -n $option ]]; then
      _${name}_keep "$option" "$word"
      option=''
    elif [[ -n $literal || $word != -?* ]]; then
      _${name}_commands "$at"
      for name in $\{names[@]+"$\{names[@]}"}; do
        if [[ -z $literal && $given == 0 && $name == "$word" ]]; then
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

  whole=$current
  if [[ -n $option ]]; then
    _${name}_value "$at" "$option"
  elif [[ -z $literal && $current == --*=* ]]; then
    _${name}_value "$at" "$\{current%%=*}"
    prefix=$\{current%%=*}=
    current=$\{current#*=}
  elif [[ -z $literal && $current == -* ]]; then
    _${name}_options "$at"
    from=names
  else
    _${name}_commands "$at"
    if [[ -z $literal && $given == 0 && $\{#names[@]} -gt 0 ]]; then
      from=names
    else
      _${name}_argument "$at" "$given"
    fi
  fi
  if [[ -n $list && $current == *,* ]]; then
    prefix+=$\{current%,*},
    current=$\{current##*,}
  fi

  case $from in
    '' | nothing) return 0 ;;
    names) ;;
    files)
      names=()
      while IFS= read -r name; do names+=("$name"); done < <(compgen -f -- "$current")
      compopt -o filenames 2>/dev/null
      ;;
    *) _${name}_ask "$from" "$current" ;;
  esac

  # readline replaces only what stands behind the last quote, "=" or ":" of the word.
  if [[ -n $open ]]; then
    cut=$\{whole:0:open_at}
  else
    if [[ $breaks == *=* && $whole == *=* ]]; then cut=$\{whole%=*}=; fi
    if [[ $breaks == *:* && $whole == *:* ]]; then
      word=$\{whole%:*}:
      if [[ $\{#word} -gt $\{#cut} ]]; then cut=$word; fi
    fi
  fi
  for name in $\{names[@]+"$\{names[@]}"}; do
    if [[ $name == "$current"* ]]; then
      name=$prefix$name
      COMPREPLY+=("$\{name#"$cut"}")
    fi
  done
  return 0
}

complete -F ${name} ${program}`;
}
