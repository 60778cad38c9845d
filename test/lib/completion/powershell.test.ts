import { describe, expect, it } from 'vitest';
import { completionScript } from '../../../src/lib/completion/script.js';
import { aCommand, anOption, smallTree } from './small-tree.js';

const script = completionScript('powershell', smallTree);

describe('the PowerShell script', () => {
  it('registers itself for the program', () => {
    expect(script).toContain("Register-ArgumentCompleter -Native -CommandName 'ddbx' -ScriptBlock {");
  });

  it('holds the tree as a table', () => {
    expect(script).toContain(
      `  '' = @{\n    commands = [ordered]@{ 'streams' = 'read a table''s stream: all of it'; 'wait' = 'what wait does'; 'iam' = 'what iam does' }`,
    );
    expect(script).toContain(
      "      '--event' = @{ description = 'what --event does'; from = 'names'; names = @('insert', 'modify', 'remove'); list = $true }",
    );
    expect(script).toContain(
      "    arguments = @(@{ from = 'table'; names = @() }, @{ from = 'names'; names = @('active', 'enabled') })\n    variadic = $false",
    );
    expect(script).toContain("    arguments = @(@{ from = 'table'; names = @() })\n    variadic = $true");
  });

  it('has no two keys that differ in case only, which PowerShell refuses', () => {
    const tree = aCommand('ddbx', {
      options: [
        anOption('--version', undefined, { short: '-V' }),
        anOption('--verbose', undefined, { short: '-v' }),
        anOption('--limit', {}, { short: '-n' }),
      ],
    });
    const keys = [...completionScript('powershell', tree).matchAll(/^ {2}'(-[^']*)' = /gm)].map(([, key]) => key);
    expect(keys).toEqual(['--version', '--verbose', '--limit', '-n']);
  });

  it('doubles every character that PowerShell takes for a quote', () => {
    const odd = aCommand('ddbx', { options: [anOption('--x', undefined, { description: "a'b\u2019c" })] });
    expect(completionScript('powershell', odd)).toContain("description = 'a''b\u2019\u2019c'");
  });

  it('closes what it opens', () => {
    const bare = script.replace(/'(?:[^']|'')*'/g, '').replace(/#.*$/gm, '');
    for (const [open, close] of ['{}', '()', '[]'].map(pair => [...pair])) {
      expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length);
    }
  });

  it('evaluates nothing', () => {
    expect(script).not.toMatch(/Invoke-Expression|ScriptBlock\]::Create|ExpandString/);
  });
});
