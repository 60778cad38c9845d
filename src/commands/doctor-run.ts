import { readFile } from 'node:fs/promises';
import { versions } from 'node:process';
import { type ConfigSettings, readConfig } from '../config.js';
import { configPath } from '../config-path.js';
import type { CommandContext } from '../context.js';
import { isAwsError } from '../lib/aws/aws-error.js';
import { DdbxError, ExitCode } from '../lib/model/error.js';
import { makePalettes } from '../lib/terminal/palette.js';
import { keyValues } from '../lib/terminal/table.js';
import { version } from '../version.js';
import { configuredEndpoints, proxySettings, regionSource, type Setting } from './doctor-settings.js';

type Level = 'ok' | 'note' | 'problem';

/** One thing that was looked at. */
interface Finding {
  readonly name: string;
  readonly level: Level;
  readonly value: string;
  readonly hint?: string | undefined;
}

/** Runs `ddbx doctor`: never prints a secret, only where one comes from. */
export async function runDoctor(context: CommandContext, nodeVersion = versions.node): Promise<ExitCode> {
  const { env, globals, io } = context;
  const output = context.output();
  // A file that makes no sense has been refused before any verb runs.
  const { settings } = await readConfig(env, path => readFile(path, 'utf8'));
  const connection = await tryConnection(context, settings);
  const findings: readonly Finding[] = [
    { name: 'ddbx', level: 'ok', value: version },
    nodeFinding(nodeVersion),
    ...connection.findings,
    ...configuredEndpoints(env, globals, settings).map(asFinding('endpoint')),
    ...proxySettings(env).map(asFinding('proxy')),
    { name: 'config file', level: 'ok', value: configText(env, settings) },
    { name: 'terminal', level: 'ok', value: terminalText(context) },
  ];
  const problems = findings.filter(finding => finding.level === 'problem').length;
  if (output.format === 'human') {
    const paint = makePalettes(io).stdout;
    const pairs = findings.flatMap(({ name, level, value, hint }): readonly (readonly [string, string])[] => [
      [name, level === 'problem' ? paint.bad(value) : level === 'note' ? paint.warn(value) : value],
      ...(hint === undefined ? [] : [['', paint.dim(hint)] as const]),
    ]);
    await output.line(keyValues(pairs, io));
  } else if (output.format === 'ndjson') {
    for (const finding of findings) await output.event({ type: 'finding', ...finding });
    await output.event({ type: 'summary', problems });
  } else {
    await output.document({ findings, problems });
  }
  return connection.exitCode;
}

/** The SDK's releases of 2027 refuse Node 20 (they say so on every start; ddbx keeps that from the reader). */
function nodeFinding(nodeVersion: string): Finding {
  const major = Number(nodeVersion.split('.')[0]);
  return major >= 22
    ? { name: 'node', level: 'ok', value: nodeVersion }
    : {
        name: 'node',
        level: 'note',
        value: nodeVersion,
        hint: 'AWS SDK releases from January 2027 on need Node 22 or newer; this ddbx carries an SDK that runs here.',
      };
}

/** Resolves the Region and makes one call that costs nothing. */
async function tryConnection(
  context: CommandContext,
  settings: ConfigSettings,
): Promise<{ readonly findings: readonly Finding[]; readonly exitCode: ExitCode }> {
  const { env, globals, signal } = context;
  const profile = globals.profile ?? env['AWS_PROFILE'];
  const source = credentialSource(env, profile);
  const findings: Finding[] = [];
  try {
    const aws = await context.aws();
    const region = await aws.defaultRegion();
    findings.push({ name: 'region', level: 'ok', value: `${region} (${regionSource(env, globals, settings)})` });
    const tables = await aws.tables(region);
    await tables.listTables({}, signal);
    findings.push({ name: 'credentials', level: 'ok', value: `work in ${region} (${source})` });
    return { findings, exitCode: ExitCode.done };
  } catch (error) {
    signal.throwIfAborted();
    const shown = isAwsError(error) ? (await import('../lib/aws/translate.js')).translateAwsError(error) : error;
    if (!(shown instanceof DdbxError)) throw error;
    if (shown.code === 'access-denied') {
      // Whoever is told what they may not do has been recognized.
      findings.push({
        name: 'credentials',
        level: 'note',
        value: `work, but may not list tables (${source})`,
        hint: shown.hint,
      });
      return { findings, exitCode: ExitCode.done };
    }
    const name =
      shown.code === 'no-region' ? 'region' : shown.exitCode === ExitCode.auth ? 'credentials' : 'connection';
    const hint =
      shown.code === 'no-region' && env['AWS_DEFAULT_REGION'] !== undefined ? DEFAULT_REGION_HINT : shown.hint;
    findings.push({ name, level: 'problem', value: shown.message, hint });
    return { findings, exitCode: shown.exitCode === ExitCode.usage ? ExitCode.failed : shown.exitCode };
  }
}

const DEFAULT_REGION_HINT =
  "AWS_DEFAULT_REGION is set, but ddbx's SDK reads AWS_REGION only: set that, or add --region.";

/** Where credentials would come from, as far as the environment tells; what they are is nobody's business here. */
function credentialSource(env: CommandContext['env'], profile: string | undefined): string {
  if (profile !== undefined) return `profile ${profile}`;
  if (isSet(env['AWS_ACCESS_KEY_ID']) && isSet(env['AWS_SECRET_ACCESS_KEY'])) {
    return isSet(env['AWS_SESSION_TOKEN']) ? 'environment, with a session token' : 'environment';
  }
  if (isSet(env['AWS_WEB_IDENTITY_TOKEN_FILE'])) return 'web identity token';
  if (isSet(env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']) || isSet(env['AWS_CONTAINER_CREDENTIALS_FULL_URI'])) {
    return 'container';
  }
  return 'default profile or instance role';
}

/** The file and what of it is known; what it says of an endpoint is shown there. */
function configText(env: CommandContext['env'], settings: ConfigSettings): string {
  const path = configPath(env);
  const keys = Object.keys(settings);
  if (path === undefined) return 'none';
  return keys.length === 0 ? `${path} (not there, or says nothing)` : `${path} (says: ${keys.join(', ')})`;
}

function terminalText({ io, env }: CommandContext): string {
  const parts = [
    `stdout ${io.stdoutIsTty ? `terminal of ${io.width} columns` : 'no terminal'}`,
    `stderr ${io.stderrIsTty ? 'terminal' : 'no terminal'}`,
    `stdin ${io.stdinIsTty ? 'terminal' : 'no terminal'}`,
    `colour ${io.colour.stdout ? 'on' : 'off'}`,
    `progress ${io.progress ? 'on' : 'off'}`,
    `Unicode ${io.unicode ? 'on' : 'off'}`,
    ...['TERM', 'NO_COLOR', 'FORCE_COLOR', 'CLICOLOR', 'CLICOLOR_FORCE'].flatMap(name =>
      isSet(env[name]) ? [`${name}=${env[name] ?? ''}`] : [],
    ),
  ];
  return parts.join(', ');
}

function asFinding(name: string): (setting: Setting) => Finding {
  return ({ source, value, hint }) => ({
    name,
    level: hint === undefined ? 'ok' : 'note',
    value: source === '' ? value : `${value} (${source})`,
    hint,
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
