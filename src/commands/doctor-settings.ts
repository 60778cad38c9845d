import type { ConfigSettings } from '../config.js';
import type { GlobalOptions } from '../context.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A setting that is in force, and who made it. */
export interface Setting {
  readonly value: string;
  readonly source: string;
  /** What is odd about it. */
  readonly hint?: string | undefined;
}

/** Who decided the Region, in the order in which they are asked. */
export function regionSource(
  env: Env,
  globals: Pick<GlobalOptions, 'region' | 'profile'>,
  file: Pick<ConfigSettings, 'region'>,
): string {
  if (globals.region !== undefined) return '--region';
  if (isSet(env['AWS_REGION'])) return 'AWS_REGION';
  if (file.region !== undefined) return 'config file';
  return `profile ${globals.profile ?? env['AWS_PROFILE'] ?? 'default'}`;
}

/** The endpoints that flags, environment and config file name; AWS's own when they name none. */
export function configuredEndpoints(
  env: Env,
  globals: Pick<GlobalOptions, 'endpointUrl'>,
  file: Pick<ConfigSettings, 'endpointUrl'>,
): readonly Setting[] {
  const named = Object.keys(env)
    .filter(name => name === 'AWS_ENDPOINT_URL' || name.startsWith('AWS_ENDPOINT_URL_'))
    .filter(name => isSet(env[name]))
    .sort();
  if (globals.endpointUrl !== undefined) {
    // The file's word counts only where the environment says nothing.
    const source = named.length === 0 && globals.endpointUrl === file.endpointUrl ? 'config file' : '--endpoint-url';
    return [{ value: withoutSecrets(globals.endpointUrl), source }];
  }
  if (named.length === 0) return [{ value: "AWS's own, or what the profile says", source: '' }];
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  return named.map(name => ({
    value: withoutSecrets(env[name] ?? ''),
    source: name,
    ...(ignored ? { hint: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true is set as well.' } : {}),
  }));
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] as const;

/** The proxies of the environment, without what is secret in them; one line that says so when there are none. */
export function proxySettings(env: Env): readonly Setting[] {
  const names = PROXY_VARIABLES.flatMap(name => [name, name.toLowerCase()]).filter(name => isSet(env[name]));
  const proxies = names.map(name => ({ value: withoutSecrets(env[name] ?? ''), source: name }));
  if (proxies.length === 0) return [{ value: 'none', source: '' }];
  const except = ['NO_PROXY', 'no_proxy'].filter(name => isSet(env[name]));
  return [...proxies, ...except.map(name => ({ value: `not for ${env[name] ?? ''}`, source: name }))];
}

/** A URL as it may be shown: user, password and query are masked, also in what is no proper URL. */
export function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1***@').replace(/\?[^#]*/, '?***');
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
