import { describe, expect, it } from 'vitest';
import { completionScript } from '../../../src/lib/completion/script.js';
import { aCommand, anOption, smallTree } from './small-tree.js';

const lines = completionScript('fish', smallTree).split('\n');

describe('the fish script', () => {
  it('offers no files where none are asked for', () => {
    expect(lines).toContain('complete -c ddbx -f');
  });

  it('offers a command only in its place', () => {
    expect(lines).toContain(
      `complete -c ddbx -n '__ddbx_at \\'\\' 0' -a 'streams' -d 'read a table\\'s stream: all of it'`,
    );
    expect(lines).toContain(`complete -c ddbx -n '__ddbx_at \\'streams\\' 0' -a 'tail' -d 'what tail does'`);
    expect(lines).toContain(`complete -c ddbx -n '__ddbx_at \\'iam streams\\' 0' -a 'tail' -d 'what tail does'`);
  });

  it.each([
    ["complete -c ddbx -l region -x -a '(__ddbx_ask region)' -d 'what --region does'"],
    ["complete -c ddbx -l output -x -a 'human json ndjson' -d 'what --output does'"],
    ["complete -c ddbx -l endpoint-url -x -d 'what --endpoint-url does'"],
    ["complete -c ddbx -l quiet -s q -d 'what --quiet does'"],
    ["complete -c ddbx -l no-progress -d 'what --no-progress does'"],
    ["complete -c ddbx -n '__ddbx_at \\'streams tail\\'' -l checkpoint -r -F -d 'what --checkpoint does'"],
    ["complete -c ddbx -n '__ddbx_at \\'streams tail\\'' -l limit -s n -x -d 'what --limit does'"],
    [
      "complete -c ddbx -n '__ddbx_at \\'streams list\\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'what --regions does'",
    ],
    ["complete -c ddbx -n '__ddbx_at \\'streams tail\\'' -a '(__ddbx_ask table)'"],
    ["complete -c ddbx -n '__ddbx_at \\'wait\\' 0' -a '(__ddbx_ask table)'"],
    ["complete -c ddbx -n '__ddbx_at \\'wait\\' 1' -a 'active enabled'"],
  ])('says %s', line => {
    expect(lines).toContain(line);
  });

  it('knows behind which options a value stands', () => {
    const taking = lines.find(line => line.startsWith('set -g __ddbx_taking '));
    expect(taking).toBe(
      "set -g __ddbx_taking '--region' '--profile' '--endpoint-url' '--output' 'streams list:--regions' " +
        "'streams tail:--event' 'streams tail:--checkpoint' 'streams tail:--limit' 'streams tail:-n' 'iam:--account' " +
        "'iam streams:--account' 'iam streams list:--account' 'iam streams tail:--account' 'iam wait:--account'",
    );
  });

  it('escapes quotes and backslashes, and evaluates nothing', () => {
    const odd = aCommand('ddbx', { options: [anOption('--x', undefined, { description: "it's a \\ $(b)" })] });
    expect(completionScript('fish', odd)).toContain(`-l x -d 'it\\'s a \\\\ $(b)'`);
    expect(lines.join('\n')).not.toMatch(/\beval\b|\bsource\b/);
  });
});
