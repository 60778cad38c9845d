import { configPath, set } from './config-path.js';
import { DdbxError, ExitCode, usageError } from './lib/model/error.js';
import { isJsonObject } from './lib/model/json-object.js';
import { nearNames } from './lib/model/near-names.js';
import type { ColorFlag, Env } from './lib/terminal/io.js';
import { outputFormats, type OutputFormat } from './lib/terminal/format.js';

/** What the config file can say in place of global options. */
export interface ConfigSettings {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly output?: OutputFormat;
  readonly color?: ColorFlag;
}

/** What was read: the settings of the file with those of the chosen context over them. */
export interface Config {
  readonly settings: ConfigSettings;
  /** One sentence about all keys that nobody knows; undefined when all are known. */
  readonly warning: string | undefined;
}

/** Reads a file as text; rejects with `code: 'ENOENT'` when there is none. */
export type ReadText = (path: string) => Promise<string>;

const colorFlags: readonly ColorFlag[] = ['auto', 'always', 'never'];
const SETTING_KEYS = ['profile', 'region', 'endpointUrl', 'output', 'color'] as const;
const FILE_KEYS: readonly string[] = [...SETTING_KEYS, 'contexts', 'context'];
const NOTHING: Config = { settings: {}, warning: undefined };

/**
 * Reads the config file, when there is one, and chooses the context: DDBX_CONTEXT, or the file's own `context`.
 * @throws DdbxError `usage` for a file that cannot be read or makes no sense, and for a context that it does not have
 */
export async function readConfig(env: Env, readText: ReadText): Promise<Config> {
  const path = configPath(env);
  const text = path === undefined ? undefined : await textOf(path, env, readText);
  const asked = set(env['DDBX_CONTEXT']);
  if (path === undefined || text === undefined) {
    if (asked === undefined) return NOTHING;
    throw usageError(
      `DDBX_CONTEXT names "${asked}", but there is no config file${path === undefined ? '' : ` ${path}`}.`,
      'Write that context into the file, or unset DDBX_CONTEXT.',
    );
  }
  const file = objectIn(path, parse(path, text), 'The file');
  const unknown = unknownKeys(file, FILE_KEYS, '');
  const contexts = new Map<string, ConfigSettings>();
  const named = file['contexts'] === undefined ? {} : objectIn(path, file['contexts'], '"contexts"');
  for (const [name, value] of Object.entries(named)) {
    const context = objectIn(path, value, `The context "${name}"`);
    unknown.push(...unknownKeys(context, SETTING_KEYS, `contexts.${name}.`));
    contexts.set(name, settingsIn(path, context, `contexts.${name}.`));
  }
  const chosen = asked ?? textIn(path, file['context'], 'context');
  const context = chosen === undefined ? {} : contexts.get(chosen);
  if (context === undefined) throw unknownContext(path, chosen ?? '', asked !== undefined, [...contexts.keys()]);
  return {
    settings: { ...settingsIn(path, file, ''), ...context },
    warning: unknown.length === 0 ? undefined : `${path} has keys that ddbx does not know: ${unknown.join(', ')}.`,
  };
}

async function textOf(path: string, env: Env, readText: ReadText): Promise<string | undefined> {
  try {
    return await readText(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : undefined;
    const named = set(env['DDBX_CONFIG']) !== undefined;
    if ((reason === 'ENOENT' || reason === 'ENOTDIR') && !named) return undefined;
    throw new DdbxError({
      ...broken(path, reason === 'ENOENT' ? 'does not exist' : 'cannot be read'),
      hint: named ? 'DDBX_CONFIG names it: correct or unset that.' : 'Make it readable, or move it away.',
      cause: error,
    });
  }
}

function parse(path: string, text: string): unknown {
  try {
    // Some editors on Windows put a mark in front.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new DdbxError({
      ...broken(path, `is no JSON: ${error instanceof Error ? error.message : String(error)}`),
      hint: 'Correct it, or move it away.',
      cause: error,
    });
  }
}

function objectIn(path: string, value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (isJsonObject(value)) return value;
  throw usageError(
    `${what} must be a JSON object in the config file ${path}.`,
    'It looks like {"region": "eu-west-1"}.',
  );
}

function settingsIn(path: string, object: Readonly<Record<string, unknown>>, prefix: string): ConfigSettings {
  const profile = textIn(path, object['profile'], `${prefix}profile`);
  const region = textIn(path, object['region'], `${prefix}region`);
  const endpointUrl = textIn(path, object['endpointUrl'], `${prefix}endpointUrl`);
  const output = oneOf(path, object['output'], `${prefix}output`, outputFormats);
  const color = oneOf(path, object['color'], `${prefix}color`, colorFlags);
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    ...(output === undefined ? {} : { output }),
    ...(color === undefined ? {} : { color }),
  };
}

function textIn(path: string, value: unknown, key: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw usageError(`"${key}" must be a text that is not empty in the config file ${path}.`);
}

function oneOf<Value extends string>(
  path: string,
  value: unknown,
  key: string,
  allowed: readonly Value[],
): Value | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find(choice => choice === value);
  if (found !== undefined) return found;
  throw usageError(`"${key}" must be one of ${allowed.join(', ')} in the config file ${path}.`);
}

function unknownKeys(object: Readonly<Record<string, unknown>>, known: readonly string[], prefix: string): string[] {
  return Object.keys(object)
    .filter(key => !known.includes(key))
    .map(key => {
      const [near] = nearNames(key, known);
      return near === undefined ? `"${prefix}${key}"` : `"${prefix}${key}" (did you mean "${near}"?)`;
    });
}

function unknownContext(path: string, name: string, byEnv: boolean, known: readonly string[]): DdbxError {
  return usageError(
    `${byEnv ? 'DDBX_CONTEXT' : `"context" in ${path}`} names "${name}", which is no context of the config file ${path}.`,
    known.length === 0 ? 'The file has no "contexts".' : `It has: ${known.join(', ')}.`,
  );
}

function broken(path: string, what: string): { code: string; message: string; exitCode: ExitCode } {
  return { code: 'usage', message: `The config file ${path} ${what}.`, exitCode: ExitCode.usage };
}
