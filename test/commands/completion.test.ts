import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runComplete } from '../../src/commands/complete-run.js';
import { completionScript } from '../../src/lib/completion/script.js';
import { shells } from '../../src/lib/completion/shells.js';
import { ExitCode } from '../../src/lib/model/error.js';
import { fakeClock } from '../support/fake-clock.js';
import { fakeContext } from '../support/fake-context.js';
import { fakeTables } from '../support/fake-tables.js';
import { runDdbx } from '../support/run-ddbx.js';
import { loadedTree } from '../../scripts/generate/loaded-tree.js';

describe('ddbx completion', () => {
  it.each(shells)('prints the script for %s', async shell => {
    const { code, stdout, stderr } = await runDdbx(['completion', shell]);
    expect({ code, stderr }).toEqual({ code: ExitCode.done, stderr: '' });
    expect(stdout).toBe(completionScript(shell, await loadedTree()));
    expect(stdout).toContain('set-view');
  });

  it('names the shells that it knows', async () => {
    const { code, stderr } = await runDdbx(['completion', 'tcsh']);
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});

describe('ddbx __complete', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-complete-'));
    await mkdir(join(folder, '.aws'));
    await writeFile(join(folder, '.aws', 'config'), '[default]\n[profile prod]\nregion = x\n[sso-session corp]\n');
    await writeFile(join(folder, '.aws', 'credentials'), '[prod]\n[ci]\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('prints Regions that begin with what is typed', async () => {
    expect(await runDdbx(['__complete', 'region', '--', 'us-e'])).toEqual({
      code: ExitCode.done,
      stdout: 'us-east-1\nus-east-2\n',
      stderr: '',
    });
  });

  it('prints the profiles of both files, and no sessions', async () => {
    const { stdout } = await runDdbx(['__complete', 'profile'], { HOME: folder });
    expect(stdout).toBe('ci\ndefault\nprod\n');
  });

  it.each([
    [['__complete']],
    [['__complete', 'shards', 'x']],
    [['__complete', 'region', 'xx']],
    [['__complete', 'region', '--', '--unknown']],
    [['__complete', 'table', '--unknown=1', '--', 'x', 'y']],
  ])('prints nothing and ends well for %j', async argv => {
    const env = { AWS_CONFIG_FILE: join(folder, 'none'), AWS_EC2_METADATA_DISABLED: 'true' };
    expect(await runDdbx(argv, env)).toEqual({ code: ExitCode.done, stdout: '', stderr: '' });
  });

  it('prints nothing over a damaged config file', async () => {
    await writeFile(join(folder, 'damaged.json'), '{');
    const env = { DDBX_CONFIG: join(folder, 'damaged.json') };
    expect(await runDdbx(['__complete', 'region', 'eu'], env)).toEqual({ code: ExitCode.done, stdout: '', stderr: '' });
  });

  it('prints the tables of all pages', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock);
    const pages = [
      { tableNames: ['Orders', 'People'], lastEvaluatedTableName: 'People' },
      { tableNames: ['Orders-archive'], lastEvaluatedTableName: undefined },
    ];
    const context = fakeContext({
      clock,
      aws: {
        tables: async () => ({
          ...tables,
          listTables: async ({ after }) => {
            const page = pages[after === undefined ? 0 : 1];
            if (page === undefined) throw new Error('there are two pages');
            return page;
          },
        }),
      },
    });
    await runComplete({ kind: 'table', prefix: 'Or' }, context);
    expect(context.io.stdoutText).toBe('Orders\nOrders-archive\n');
  });

  it('gives up after a second with what it has by then', async () => {
    const clock = fakeClock(0);
    const context = fakeContext({
      clock,
      aws: {
        tables: async () => ({
          ...fakeTables(clock),
          listTables: ({ after }) =>
            after === undefined
              ? Promise.resolve({ tableNames: ['Orders'], lastEvaluatedTableName: 'Orders' })
              : new Promise(() => undefined),
        }),
      },
    });
    expect(await runComplete({ kind: 'table', prefix: '' }, context)).toBe(ExitCode.done);
    expect(context.io.stdoutText).toBe('Orders\n');
    expect(clock.now()).toBe(1_000);
  });

  it('prints nothing when AWS cannot be asked', async () => {
    const context = fakeContext({ clock: fakeClock(0) });
    expect(await runComplete({ kind: 'table', prefix: '' }, context)).toBe(ExitCode.done);
    expect(context.io.stdoutText).toBe('');
  });
});
