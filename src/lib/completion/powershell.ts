import type { CompletionTable, Level, LevelOption, Offer } from './levels.js';
import { identifier } from './shell-text.js';

/**
 * The script for PowerShell 5.1 and 7: one native argument completer over a table of the tree.
 * Typed words are taken from the syntax tree as text; nothing of the line is invoked.
 */
export function powershellScript(table: CompletionTable): string {
  const id = identifier(table.program);
  return `# PowerShell completion for ${table.program}; made by \`${table.program} completion powershell\`.
# Typed words are compared and passed on, never expanded or run.

$global:${id}Tree = @{
${table.levels.map(level => levelEntry(level)).join('\n')}
}
$global:${id}Options = [ordered]@{
${optionEntries(table.globals, '  ')}
}

${engine(table)}
`;
}

function levelEntry(level: Level): string {
  const lines = [
    `  ${quote(level.path)} = @{`,
    `    commands = [ordered]@{${entries(level.commands.map(command => [command.name, quote(command.description)]))}}`,
  ];
  if (level.options.length > 0)
    lines.push('    options = [ordered]@{', optionEntries(level.options, '      '), '    }');
  else lines.push('    options = [ordered]@{}');
  lines.push(`    arguments = @(${level.arguments.map(argument => `@{ ${source(argument.offer)} }`).join(', ')})`);
  lines.push(`    variadic = ${level.arguments.at(-1)?.variadic === true ? '$true' : '$false'}`);
  return [...lines, '  }'].join('\n');
}

function entries(pairs: readonly (readonly [string, string])[]): string {
  return pairs.length === 0 ? '' : ` ${pairs.map(([name, value]) => `${quote(name)} = ${value}`).join('; ')} `;
}

function optionEntries(options: readonly LevelOption[], indent: string): string {
  // Keys of a table ignore case here, so of the short names only those are listed that a value follows: -v is not -V.
  const named = options.flatMap(option =>
    option.names.filter((_, index) => index === 0 || option.offer !== undefined).map(name => optionEntry(name, option)),
  );
  return named.map(entry => `${indent}${entry}`).join('\n');
}

function optionEntry(name: string, option: LevelOption): string {
  const takes = option.offer === undefined ? "from = ''; names = @()" : source(option.offer);
  return `${quote(name)} = @{ description = ${quote(option.description)}; ${takes}; list = ${option.list ? '$true' : '$false'} }`;
}

function source(offer: Offer): string {
  switch (offer.from) {
    case 'choices':
      return `from = 'names'; names = @(${offer.words.map(quote).join(', ')})`;
    case 'files':
      return "from = 'files'; names = @()";
    case 'asked':
      return `from = ${quote(offer.kind)}; names = @()`;
    case 'nothing':
      return "from = 'nothing'; names = @()";
  }
}

/** PowerShell takes typographic quotes for quotes too. */
function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

function engine({ program, passedOn }: CompletionTable): string {
  const id = identifier(program);
  return `Register-ArgumentCompleter -Native -CommandName ${quote(program)} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object {
      if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
  $at = ''; $given = 0; $option = ''; $literal = $false; $kept = @()
  $passedOn = @(${passedOn.map(quote).join(', ')})
  $find = {
    param($name)
    $own = $global:${id}Tree[$at].options
    if ($own.Contains($name)) { $own[$name] } elseif ($global:${id}Options.Contains($name)) { $global:${id}Options[$name] }
  }

  foreach ($word in $words) {
    if ($option -ne '') {
      if ($passedOn -ccontains $option) { $kept += "$option=$word" }
      $option = ''
    } elseif (-not $literal -and $word -ceq '--') {
      $literal = $true
    } elseif (-not $literal -and $word.StartsWith('--') -and $word.Contains('=')) {
      if ($passedOn -ccontains $word.Substring(0, $word.IndexOf('='))) { $kept += $word }
    } elseif (-not $literal -and $word.StartsWith('-') -and $word.Length -gt 1) {
      $known = & $find $word
      if ($known -and $known.from -ne '') { $option = $word }
    } elseif (-not $literal -and $given -eq 0 -and $global:${id}Tree[$at].commands.Contains($word)) {
      $at = "$at $word".Trim()
    } else {
      $given++
    }
  }

  $level = $global:${id}Tree[$at]
  $typed = "$wordToComplete"
  $prefix = ''
  $offer = $null
  $texts = [ordered]@{}
  if ($option -ne '') {
    $offer = & $find $option
  } elseif (-not $literal -and $typed.StartsWith('--') -and $typed.Contains('=')) {
    $offer = & $find $typed.Substring(0, $typed.IndexOf('='))
    $prefix = $typed.Substring(0, $typed.IndexOf('=') + 1)
    $typed = $typed.Substring($prefix.Length)
  } elseif (-not $literal -and $typed.StartsWith('-')) {
    foreach ($table in @($level.options, $global:${id}Options)) {
      foreach ($name in $table.Keys) {
        if ($name.StartsWith('--')) { $texts[$name] = $table[$name].description }
      }
    }
  } elseif (-not $literal -and $given -eq 0 -and $level.commands.Count -gt 0) {
    $texts = $level.commands
  } elseif ($given -lt $level.arguments.Count) {
    $offer = $level.arguments[$given]
  } elseif ($level.variadic) {
    $offer = $level.arguments[-1]
  }
  if ($offer -and $offer.list -and $typed.Contains(',')) {
    $cut = $typed.LastIndexOf(',') + 1
    $prefix += $typed.Substring(0, $cut)
    $typed = $typed.Substring($cut)
  }

  if ($offer) {
    if ($offer.from -eq 'files') {
      return [System.Management.Automation.CompletionCompleters]::CompleteFilename($typed)
    }
    $names = $offer.names
    if ($offer.from -ne 'names' -and $offer.from -ne 'nothing' -and $offer.from -ne '') {
      $names = @(& ${quote(program)} __complete $offer.from @kept -- $typed 2>$null)
    }
    foreach ($name in $names) { if ("$name" -ne '') { $texts["$name"] = "$name" } }
  }
  foreach ($name in $texts.Keys) {
    if ($name.StartsWith($typed, [System.StringComparison]::Ordinal)) {
      [System.Management.Automation.CompletionResult]::new("$prefix$name", $name, 'ParameterValue', $texts[$name])
    }
  }
}`;
}
