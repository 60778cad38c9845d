import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../support/seeded-random.js';
import { type ChangingTable, startChangingTable } from './killing/changing-table.js';

const ddbx = fileURLToPath(new URL('../../bin/ddbx.js', import.meta.url));
const escape = '\u001b';

let table: ChangingTable;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  table = await startChangingTable(seededRandom(1));
  await table.change(3);
  env = {
    PATH: process.env['PATH'],
    TERM: 'xterm-256color',
    AWS_ENDPOINT_URL: table.sandbox.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
});

afterAll(() => table.sandbox.close());

const commands = [
  ['streams', 'list'],
  ['streams', 'describe', 'Orders'],
  ['streams', 'tail', 'Orders', '--from', 'trim-horizon', '--no-follow', '--output', 'human'],
];

describe('a pipe', () => {
  it.each(commands)('gets no escape byte from ddbx %s %s', async (...argv) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [ddbx, ...argv], { env });
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toContain(escape);
  });
});

// util-linux's `script` is what makes a terminal here; other systems have another one, or none.
const makesTerminals = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

describe.runIf(makesTerminals)('a terminal', () => {
  const onTerminal = async (argv: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> => {
    const line = [process.execPath, ddbx, ...argv].map(word => `'${word}'`).join(' ');
    const { stdout } = await promisify(execFile)('script', ['-qec', line, '/dev/null'], { env: { ...env, ...more } });
    return stdout;
  };

  it.each(commands)('gets colour from ddbx %s %s', async (...argv) => {
    expect(await onTerminal(argv)).toMatch(/\u001b\[[\d;]*m/);
  });

  it('gets no colour with NO_COLOR, nor with --color never', async () => {
    expect(await onTerminal(['streams', 'list', '--no-progress'], { NO_COLOR: '1' })).not.toMatch(/\u001b\[[\d;]*m/);
    expect(await onTerminal(['streams', 'list', '--no-progress', '--color', 'never'])).not.toMatch(/\u001b\[[\d;]*m/);
  });

  it('gets its cursor back', async () => {
    const written = await onTerminal(['streams', 'tail', 'Orders', '--from', 'trim-horizon', '--no-follow']);
    expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(written.lastIndexOf('\u001b[?25l'));
  });
});
