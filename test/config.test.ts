import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { configPath } from '../src/config-path.js';
import type { CommandContext } from '../src/context.js';
import { makeHost } from '../src/host.js';
import { DdbxError, ExitCode } from '../src/lib/model/error.js';
import { buildProgram } from '../src/program.js';
import { fakeClock } from './support/fake-clock.js';
import { fakeIo } from './support/fake-io.js';
import { runDdbx } from './support/run-ddbx.js';

const env = { HOME: '/home/ann' };

function read(content: unknown, more: Readonly<Record<string, string>> = {}) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readConfig({ ...env, ...more }, async () => text);
}

async function refusal(promise: Promise<unknown>): Promise<DdbxError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DdbxError)) throw new Error('it was to be refused');
  return error;
}

function failing(code: string) {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

describe('configPath', () => {
  it.each([
    [{ DDBX_CONFIG: '/x/c.json', XDG_CONFIG_HOME: '/xdg', HOME: '/home/ann' }, '/x/c.json'],
    [{ XDG_CONFIG_HOME: '/xdg', HOME: '/home/ann' }, join('/xdg', 'ddbx', 'config.json')],
    [{ XDG_CONFIG_HOME: '', HOME: '/home/ann' }, join('/home/ann', '.config', 'ddbx', 'config.json')],
    [{ APPDATA: '/appdata', HOME: '/home/ann' }, join('/appdata', 'ddbx', 'config.json')],
    [{}, undefined],
  ])('of %j is %s', (given, path) => {
    expect(configPath(given)).toBe(path);
  });
});

describe('readConfig', () => {
  it('reads every key', async () => {
    const settings = {
      profile: 'prod',
      region: 'eu-west-1',
      endpointUrl: 'http://localhost:8000',
      output: 'json',
      color: 'never',
    };
    expect(await read(settings)).toEqual({ settings, warning: undefined });
  });

  it('is empty where there is no file', async () => {
    expect(await readConfig(env, failing('ENOENT'))).toEqual({ settings: {}, warning: undefined });
    expect(await readConfig({}, failing('EACCES'))).toEqual({ settings: {}, warning: undefined });
  });

  it('puts the chosen context over the rest, DDBX_CONTEXT before the own choice of the file', async () => {
    const file = {
      region: 'eu-west-1',
      output: 'json',
      context: 'dev',
      contexts: { dev: { profile: 'dev' }, prod: { profile: 'prod', region: 'us-east-1' } },
    };
    expect((await read(file)).settings).toEqual({ region: 'eu-west-1', output: 'json', profile: 'dev' });
    expect((await read(file, { DDBX_CONTEXT: 'prod' })).settings).toEqual({
      region: 'us-east-1',
      output: 'json',
      profile: 'prod',
    });
  });

  it('warns once of all keys that it does not know, with the nearest known one', async () => {
    const { settings, warning } = await read({ regoin: 'x', zzzzzzzz: 1, contexts: { dev: { Profile: 'y' } } });
    expect(settings).toEqual({});
    expect(warning).toBe(
      `${join('/home/ann', '.config', 'ddbx', 'config.json')} has keys that ddbx does not know: ` +
        '"regoin" (did you mean "region"?), "zzzzzzzz", "contexts.dev.Profile" (did you mean "profile"?).',
    );
  });

  it.each<[unknown, string]>([
    ['{', 'is no JSON'],
    ['', 'is no JSON'],
    ['[]', 'The file must be a JSON object'],
    [{ region: 5 }, '"region" must be a text'],
    [{ profile: '' }, '"profile" must be a text'],
    [{ output: 'yaml' }, '"output" must be one of human, json, ndjson'],
    [{ color: true }, '"color" must be one of auto, always, never'],
    [{ contexts: [] }, '"contexts" must be a JSON object'],
    [{ contexts: { dev: 'x' } }, 'The context "dev" must be a JSON object'],
    [{ contexts: { dev: { output: 'x' } } }, '"contexts.dev.output" must be one of'],
    [{ context: 'dev' }, 'names "dev", which is no context'],
  ])('refuses %j, naming the file', async (content, words) => {
    const error = await refusal(read(content));
    expect(error.exitCode).toBe(ExitCode.usage);
    expect(error.message).toContain(words);
    expect(error.message).toContain(join('/home/ann', '.config', 'ddbx', 'config.json'));
  });

  it('takes a mark in front for no damage', async () => {
    expect((await read('\ufeff{"region": "eu-west-1"}')).settings).toEqual({ region: 'eu-west-1' });
  });

  it('lists the contexts when it does not have the one that is asked for', async () => {
    const error = await refusal(read({ contexts: { dev: {}, prod: {} } }, { DDBX_CONTEXT: 'prd' }));
    expect(error.message).toContain('DDBX_CONTEXT names "prd"');
    expect(error.hint).toBe('It has: dev, prod.');
  });

  it('refuses a file that was named and is not there, a context without a file, and a file that it may not read', async () => {
    const named = await refusal(readConfig({ DDBX_CONFIG: '/x.json' }, failing('ENOENT')));
    expect([named.message, named.exitCode]).toEqual(['The config file /x.json does not exist.', ExitCode.usage]);
    const context = await refusal(readConfig({ ...env, DDBX_CONTEXT: 'prod' }, failing('ENOENT')));
    expect(context.message).toContain('DDBX_CONTEXT names "prod", but there is no config file');
    expect((await refusal(readConfig(env, failing('EACCES')))).message).toContain('cannot be read');
  });
});

describe('what a verb is given', () => {
  let folder = '';
  let file = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-config-'));
    file = join(folder, 'config.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function given(config: object, argv: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
    await writeFile(file, JSON.stringify(config));
    const io = fakeIo();
    const host = makeHost({
      streams: io,
      env: { DDBX_CONFIG: file, ...more },
      clock: fakeClock(0),
      random: () => 0.5,
      signal: new AbortController().signal,
    });
    const { program } = buildProgram(host, { writeOut: () => {}, writeErr: () => {}, width: 80 });
    const seen: CommandContext[] = [];
    const probe = new Command('probe').action((_flags: unknown, self: Command) =>
      host.run(self, async context => {
        seen.push(context);
        return ExitCode.done;
      }),
    );
    program.addCommand(probe);
    await program.parseAsync(['probe', ...argv], { from: 'user' });
    const [context] = seen;
    if (context === undefined) throw new Error('the probe ran');
    return { context, globals: context.globals, stderr: io.stderrText };
  }

  it('comes from the file when nothing else says it', async () => {
    const { context, globals } = await given({
      profile: 'dev',
      region: 'eu-west-1',
      endpointUrl: 'http://localhost:8000',
      output: 'json',
      color: 'always',
    });
    expect([globals.profile, globals.endpointUrl, globals.output]).toEqual(['dev', 'http://localhost:8000', 'json']);
    expect(context.io.colour.stdout).toBe(true);
    expect(await (await context.aws()).defaultRegion()).toBe('eu-west-1');
  });

  it('does not take the Region of the file for one that was typed', async () => {
    expect((await given({ region: 'eu-west-1' })).globals.region).toBeUndefined();
  });

  it('comes from the flags before the file', async () => {
    const { context, globals } = await given(
      { profile: 'dev', region: 'eu-west-1', endpointUrl: 'http://a', output: 'json', color: 'always' },
      '--profile prod --region us-east-1 --endpoint-url http://b --output ndjson --color auto'.split(' '),
    );
    expect([globals.profile, globals.endpointUrl, globals.output]).toEqual(['prod', 'http://b', 'ndjson']);
    expect(context.io.colour.stdout).toBe(false);
    expect(await (await context.aws()).defaultRegion()).toBe('us-east-1');
  });

  it.each([
    [{ AWS_PROFILE: 'prod' }, { profile: undefined, endpointUrl: 'http://a', colour: true }],
    [{ AWS_ENDPOINT_URL: 'http://b' }, { profile: 'dev', endpointUrl: undefined, colour: true }],
    [{ AWS_ENDPOINT_URL_DYNAMODB: 'http://b' }, { profile: 'dev', endpointUrl: undefined, colour: true }],
    [{ NO_COLOR: '1' }, { profile: 'dev', endpointUrl: 'http://a', colour: false }],
    [{ AWS_PROFILE: '' }, { profile: 'dev', endpointUrl: 'http://a', colour: true }],
  ])('leaves to %j what that says', async (more, wanted) => {
    const { context, globals } = await given({ profile: 'dev', endpointUrl: 'http://a', color: 'always' }, [], more);
    expect({
      profile: globals.profile,
      endpointUrl: globals.endpointUrl,
      colour: context.io.colour.stdout,
    }).toEqual(wanted);
  });

  it('comes with one warning for keys that are not known', async () => {
    const { stderr } = await given({ regio: 'x', profil: 'y' });
    expect(stderr).toBe(
      `warning: ${file} has keys that ddbx does not know: "regio" (did you mean "region"?), "profil" (did you mean "profile"?).\n`,
    );
  });

  it('is nothing over a damaged file: the command line is refused', async () => {
    await writeFile(file, '{"region": ');
    const { code, stdout, stderr } = await runDdbx(['iam', '--all'], { DDBX_CONFIG: file });
    expect([code, stdout]).toEqual([ExitCode.usage, '']);
    expect(stderr).toContain(`The config file ${file} is no JSON`);
  });
});
