import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../src/commands/doctor-run.js';
import {
  configuredEndpoints,
  proxySettings,
  regionSource,
  withoutSecrets,
} from '../../src/commands/doctor-settings.js';
import type { GlobalOptions } from '../../src/context.js';
import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import { fakeClock } from '../support/fake-clock.js';
import { fakeContext } from '../support/fake-context.js';
import { fakeTables } from '../support/fake-tables.js';

describe('withoutSecrets', () => {
  it.each([
    ['http://proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['http://jane:s3cret@proxy.example.com:3128', 'http://***@proxy.example.com:3128'],
    ['http://jane@proxy.example.com', 'http://***@proxy.example.com'],
    ['http://jane:p@ss@proxy.example.com/', 'http://***@proxy.example.com/'],
    ['jane:s3cret@proxy.example.com:3128', '***@proxy.example.com:3128'],
    ['https://proxy.example.com/?token=s3cret', 'https://proxy.example.com/?***'],
  ])('%s', (url, shown) => {
    expect(withoutSecrets(url)).toBe(shown);
  });
});

describe('regionSource', () => {
  const none = { region: undefined, profile: undefined };
  it.each([
    ['--region', { AWS_REGION: 'us-east-1' }, { ...none, region: 'eu-west-1' }, { region: 'x' }],
    ['AWS_REGION', { AWS_REGION: 'us-east-1' }, none, { region: 'x' }],
    ['config file', { AWS_REGION: '' }, none, { region: 'x' }],
    ['profile staging', { AWS_PROFILE: 'staging' }, none, {}],
    ['profile prod', { AWS_PROFILE: 'staging' }, { ...none, profile: 'prod' }, {}],
    ['profile default', {}, none, {}],
  ])('is %s', (source, env, globals, file) => {
    expect(regionSource(env, globals, file)).toBe(source);
  });
});

describe('configuredEndpoints', () => {
  const none = { endpointUrl: undefined };
  const url = 'http://127.0.0.1:4680';

  it('names who set each', () => {
    expect(configuredEndpoints({}, { endpointUrl: url }, {})).toEqual([{ value: url, source: '--endpoint-url' }]);
    expect(configuredEndpoints({}, { endpointUrl: url }, { endpointUrl: url })).toEqual([
      { value: url, source: 'config file' },
    ]);
    expect(configuredEndpoints({ AWS_ENDPOINT_URL_LAMBDA: url, AWS_ENDPOINT_URL: url }, none, {})).toEqual([
      { value: url, source: 'AWS_ENDPOINT_URL' },
      { value: url, source: 'AWS_ENDPOINT_URL_LAMBDA' },
    ]);
  });

  it('says when the SDK is told to ignore them', () => {
    const env = { AWS_ENDPOINT_URL: url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(configuredEndpoints(env, none, {})[0]?.hint).toContain('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS');
  });

  it('says that there are none', () => {
    expect(configuredEndpoints({ AWS_ENDPOINT_URL: '' }, none, {})).toMatchObject([{ source: '' }]);
  });
});

describe('proxySettings', () => {
  it('lists what is set, in capitals or not, and the exceptions', () => {
    const env = { https_proxy: 'http://a:b@proxy:1', NO_PROXY: 'localhost,.internal' };
    expect(proxySettings(env)).toEqual([
      { value: 'http://***@proxy:1', source: 'https_proxy' },
      { value: 'not for localhost,.internal', source: 'NO_PROXY' },
    ]);
    expect(proxySettings({ NO_PROXY: 'localhost' })).toEqual([{ value: 'none', source: '' }]);
  });
});

interface Parts {
  readonly env?: Readonly<Record<string, string>>;
  readonly globals?: Partial<GlobalOptions>;
  readonly fails?: AwsErrorKind;
  readonly node?: string;
  readonly noRegion?: boolean;
}

async function doctor(parts: Parts) {
  const clock = fakeClock(0);
  const tables = fakeTables(clock);
  if (parts.fails !== undefined) tables.failNext('listTables', parts.fails);
  const context = fakeContext({
    clock,
    ...(parts.env === undefined ? {} : { env: parts.env }),
    globals: { region: 'eu-central-1', ...parts.globals },
    aws: {
      tables: async () => tables,
      ...(parts.noRegion === true ? { defaultRegion: () => Promise.reject(noRegion) } : {}),
    },
  });
  const code = await runDoctor(context, parts.node ?? '22.11.0');
  return { code, text: context.io.stdoutText };
}

const noRegion = new AwsError({
  kind: 'no-region',
  code: 'Error',
  message: 'Region is missing',
  service: 'sdk',
  operation: 'ResolveRegion',
  region: '',
});

describe('runDoctor', () => {
  it('shows what would be used, and that it works', async () => {
    const { code, text } = await doctor({ env: { AWS_PROFILE: 'staging' } });
    expect(code).toBe(0);
    expect(text).toMatch(/^region +eu-central-1 \(--region\)$/m);
    expect(text).toMatch(/^credentials +work in eu-central-1 \(profile staging\)$/m);
    expect(text).toMatch(/^proxy +none$/m);
    expect(text).not.toContain('Node 22');
  });

  it('says what the SDK’s releases of 2027 need, on Node 20', async () => {
    const { code, text } = await doctor({ node: '20.20.2' });
    expect(code).toBe(0);
    expect(text).toMatch(/^node +20\.20\.2\n.*January 2027.*Node 22/m);
  });

  it('prints no secret, in no format', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_SESSION_TOKEN: 'token-of-the-session',
      HTTPS_PROXY: 'http://jane:s3cret@proxy.example.com:3128',
    };
    for (const output of ['human', 'json', 'ndjson'] as const) {
      const { text } = await doctor({ env, globals: { output } });
      expect(text).toContain('environment, with a session token');
      expect(text).toContain('http://***@proxy.example.com:3128');
      for (const secret of ['AKIA', 'wJalr', 'token-of-the-session', 's3cret', 'jane'])
        expect(text).not.toContain(secret);
    }
  });

  it.each([
    ['credentials', 5, 'credentials'],
    ['network', 1, 'connection'],
    ['bad-response', 1, 'connection'],
  ] as const)('a failure of kind %s ends with %i', async (fails, code, name) => {
    const result = await doctor({ fails });
    expect(result.code).toBe(code);
    expect(result.text).toMatch(new RegExp(`^${name} `, 'm'));
  });

  it('takes credentials that may not list tables for good ones', async () => {
    const { code, text } = await doctor({ fails: 'denied' });
    expect(code).toBe(0);
    expect(text).toContain('work, but may not list tables');
  });

  it('knows the variable that the SDK does not read', async () => {
    const { code, text } = await doctor({ noRegion: true, env: { AWS_DEFAULT_REGION: 'us-east-1' } });
    expect(code).toBe(1);
    expect(text).toContain('No AWS Region is set.');
    expect(text).toContain('AWS_DEFAULT_REGION is set');
  });

  it('prints one finding a line as ndjson, the summary last', async () => {
    const { text } = await doctor({ globals: { output: 'ndjson' }, fails: 'credentials' });
    const printed = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(printed.at(-1)).toEqual({ type: 'summary', problems: 1 });
    expect(printed.filter(line => line['level'] === 'problem')).toMatchObject([
      { type: 'finding', name: 'credentials' },
    ]);
  });
});
