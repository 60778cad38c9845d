import { describe, expect, it } from 'vitest';
import { completionScript } from '../../../src/lib/completion/script.js';
import { aCommand, anOption, smallTree } from './small-tree.js';

const script = completionScript('zsh', smallTree);

describe('the zsh script', () => {
  it('is a file for $fpath, and can be sourced too', () => {
    expect(script.split('\n')[0]).toBe('#compdef ddbx');
    expect(script).toContain('if [[ ${funcstack[1]-} == _ddbx ]]; then\n  _ddbx "$@"\n');
    expect(script).toContain('  compdef _ddbx ddbx\nfi\n');
  });

  it('offers commands and options with what they do', () => {
    expect(script).toContain(
      `'') names=('streams:read a table'\\''s stream: all of it' 'wait:what wait does' 'iam:what iam does') ;;`,
    );
    expect(script).toContain(`'streams list') names=('--regions:what --regions does' '--all:what --all does') ;;`);
    expect(script).toMatch(/ {2}names\+=\('--region:what --region does' .*'--no-progress:what --no-progress does'\)/);
  });

  it('knows what each option and argument takes', () => {
    expect(script).toContain("'streams list:--regions') from=region list=1 ;;");
    expect(script).toContain("'streams tail:--event') from=names names=('insert' 'modify' 'remove') list=1 ;;");
    expect(script).toContain("'streams tail:--checkpoint') from=files ;;");
    expect(script).toContain("'streams tail:'* | 'wait:0') from=table ;;");
    expect(script).toContain("'wait:1') from=names names=('active' 'enabled') ;;");
    expect(script).toContain("'--output') from=names names=('human' 'json' 'ndjson') ;;");
  });

  it('escapes what zsh would read in a name', () => {
    const odd = aCommand('ddbx', { commands: [aCommand("a:b'c")], options: [anOption('--x', { choices: ['$(y)'] })] });
    const text = completionScript('zsh', odd);
    expect(text).toContain(`'a\\:b'\\''c:what a:b'\\''c does'`);
    expect(text).toContain(`names=('$(y)')`);
  });

  it('evaluates nothing', () => {
    expect(script).not.toMatch(/\beval\b|\$\{\(e|\$\{~|\$\{\(P/);
  });
});
