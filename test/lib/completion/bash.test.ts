import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bashScript } from '../../../src/lib/completion/bash.js';
import { completionTable } from '../../../src/lib/completion/levels.js';
import { smallTree } from './small-tree.js';

const run = promisify(execFile);

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-bash-'));
  await writeFile(join(folder, 'ddbx.bash'), bashScript(completionTable(smallTree)));
  // Stands for the program: writes down what it was asked and knows three tables.
  const program = `#!/bin/sh
printf '%s\\n' "$@" >> "$ASKED"
printf -- '---\\n' >> "$ASKED"
if [ "$2" = region ]; then printf 'eu-west-1\\neu-west-2\\nus-east-1\\n'; else printf 'Orders\\nOrders-archive\\nPeople\\n'; fi
`;
  await writeFile(join(folder, 'ddbx'), program);
  await chmod(join(folder, 'ddbx'), 0o755);
  await writeFile(join(folder, 'orders.checkpoint'), '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Pressed {
  readonly replies: readonly string[];
  readonly asked: string;
}

/** Types the lines into one bash, presses TAB at the end of each, and returns the replies to the last. */
async function press(...lines: readonly string[]): Promise<Pressed> {
  const asked = join(folder, `asked-${Math.random()}`);
  await writeFile(asked, '');
  const script = `
set -u
source ./ddbx.bash
while IFS= read -r COMP_LINE; do
  COMP_POINT=\${#COMP_LINE}
  COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
  COMPREPLY=()
  _ddbx
done <<'LINES'
${lines.join('\n')}
LINES
printf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}
`;
  const { stdout, stderr } = await run('bash', ['--norc', '--noprofile', '-c', script], {
    cwd: folder,
    env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, ASKED: asked },
  });
  expect(stderr).toBe('');
  return { replies: stdout.split('\n').filter(line => line !== ''), asked: await readFile(asked, 'utf8') };
}

describe('the bash script', () => {
  it.each<[string, readonly string[]]>([
    ['ddbx ', ['streams', 'wait', 'iam']],
    ['ddbx st', ['streams']],
    ['ddbx nothing', []],
    ['ddbx streams ', ['list', 'tail']],
    ['ddbx streams t', ['tail']],
    ['ddbx --region eu-west-1 -q streams t', ['tail']],
    ['ddbx --region=eu-west-1 streams t', ['tail']],
    ['ddbx --region streams ', ['streams', 'wait', 'iam']],
    ["ddbx 'streams' l", ['list']],
    ['ddbx streams list --', ['--regions', '--all', ...globals()]],
    ['ddbx streams tail --c', ['--checkpoint']],
    ['ddbx streams tail -', ['--event', '--checkpoint', '--limit', ...globals()]],
    ['ddbx --output ', ['human', 'json', 'ndjson']],
    ['ddbx streams tail Orders --output n', ['ndjson']],
    ['ddbx streams tail --output=j', ['json']],
    ['ddbx streams tail --event ', ['insert', 'modify', 'remove']],
    ['ddbx streams tail --event insert,m', ['insert,modify']],
    ['ddbx streams tail --event=insert,m', ['insert,modify']],
    ['ddbx streams tail --limit ', []],
    ['ddbx streams tail -n ', []],
    ['ddbx streams tail -n 5 Or', ['Orders', 'Orders-archive']],
    ['ddbx streams tail ', ['Orders', 'Orders-archive', 'People']],
    ['ddbx streams tail Orders Pe', ['People']],
    ['ddbx streams tail -- Pe', ['People']],
    ['ddbx streams tail "Pe', ['People']],
    ['ddbx wait Orders ', ['active', 'enabled']],
    ['ddbx wait Orders active ', []],
    ['ddbx streams list --regions eu-west-1,us', ['eu-west-1,us-east-1']],
    ['ddbx --endpoint-url http://localhost:8000 streams t', ['tail']],
    ['ddbx --endpoint-url "http://local host" streams t', ['tail']],
    ['ddbx iam ', ['streams', 'wait']],
    ['ddbx iam streams t', ['tail']],
    ['ddbx iam streams tail --a', ['--account']],
    ['ddbx streams tail --checkpoint ord', ['orders.checkpoint']],
    ['ddbx streams tail --checkpoint=ord', ['orders.checkpoint']],
  ])('%s<TAB>', async (line, replies) => {
    expect((await press(line)).replies).toEqual(replies);
  });

  it('asks the program with the connection that was typed', async () => {
    const { asked } = await press('ddbx --region eu-west-1 --endpoint-url=http://localhost:8000 streams tail Or');
    expect(asked).toBe('__complete\ntable\n--region=eu-west-1\n--endpoint-url=http://localhost:8000\n--\nOr\n---\n');
  });

  it('starts no program for commands, options and choices', async () => {
    const { asked } = await press('ddbx ', 'ddbx streams ', 'ddbx streams tail --', 'ddbx --output ');
    expect(asked).toBe('');
  });

  it('asks once for the same TAB', async () => {
    const { replies, asked } = await press('ddbx streams tail Or', 'ddbx streams tail Or');
    expect(replies).toEqual(['Orders', 'Orders-archive']);
    expect(asked.match(/---/g)).toHaveLength(1);
  });

  it.each([
    'ddbx $(touch hit) ',
    'ddbx --region $(touch hit) streams tail ',
    'ddbx --region "$(touch hit)" streams tail "$(touch hit)',
    'ddbx --region `touch hit` streams tail `touch hit`',
    'ddbx streams tail --event $(touch hit),m',
    'ddbx streams tail --checkpoint $(touch hit)',
    'ddbx streams tail --checkpoint "$(touch hit)/',
    'ddbx wait Orders ; touch hit',
    'ddbx streams tail a[$(touch hit)]',
    'ddbx iam "$(touch hit)" ',
  ])('runs nothing of %s', async line => {
    await press(line);
    expect(await readdir(folder)).not.toContain('hit');
  });

  it('says nothing when the program is missing', async () => {
    const { stdout, stderr } = await run(
      'bash',
      [
        '--norc',
        '-c',
        'source ./ddbx.bash; COMP_LINE="ddbx streams tail "; COMP_POINT=18; PATH=/nowhere; _ddbx; echo "$? ${#COMPREPLY[@]}"',
      ],
      { cwd: folder },
    );
    expect(stdout).toBe('0 0\n');
    expect(stderr).toBe('');
  });
});

function globals(): readonly string[] {
  return ['--region', '--profile', '--endpoint-url', '--output', '--quiet', '--no-progress'];
}
