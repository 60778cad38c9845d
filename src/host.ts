import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type CommandHost, verbFacts } from './commands/verb.js';
import type { Config, ConfigSettings } from './config.js';
import { configPath } from './config-path.js';
import type { CommandContext, GlobalOptions } from './context.js';
import type { RequestTrace } from './lib/aws/call.js';
import type { Aws, ConnectionOptions } from './lib/aws/connection.js';
import type { Clock } from './lib/model/clock.js';
import { ExitCode, usageError } from './lib/model/error.js';
import { type ColorFlag, type Io, type IoStreams, makeIo } from './lib/terminal/io.js';
import { type DocumentFormat, isDocumentFormat, type OutputFormat } from './lib/terminal/format.js';

/** What the outside world gives one run of ddbx; a test gives its own. */
export interface World {
  readonly streams: IoStreams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Set when ddbx runs inside ddbx, against a sandbox of its own; beats environment and flags. */
  readonly connection?: Pick<ConnectionOptions, 'endpointUrl' | 'region' | 'credentials'>;
}

/** The host with what is known of the run once a verb has been chosen; errors are shown by it. */
export interface RunHost extends CommandHost {
  /** The exit code of the verb that ran; 0 when none did. */
  readonly exitCode: () => ExitCode;
  /** How errors are to be shown: the flags as far as they were understood. */
  readonly errorStyle: () => { readonly io: Io; readonly format: OutputFormat; readonly debug: boolean };
  readonly commandPath: () => string;
  close(): void;
}

interface GlobalFlags {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly output?: OutputFormat | DocumentFormat;
  readonly query?: string;
  readonly debug?: boolean;
  readonly timeout?: number;
  readonly maxAttempts?: number;
  readonly readTimeout?: number;
  readonly color?: ColorFlag;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly progress?: boolean;
}

/** Joins the world and the global options into the context that verbs are given. */
export function makeHost(world: World): RunHost {
  let exitCode: ExitCode = ExitCode.done;
  let commandPath = '';
  let flags: GlobalFlags = {};
  let aws: Promise<Aws> | undefined;
  const io = (): Io =>
    makeIo(world.streams, world.env, {
      color: flags.color ?? 'auto',
      quiet: flags.quiet ?? false,
      verbose: flags.verbose ?? false,
      progress: flags.progress ?? true,
    });

  return {
    exitCode: () => exitCode,
    commandPath: () => commandPath,
    errorStyle: () => ({ io: io(), format: plainFormat(flags) ?? 'human', debug: flags.debug ?? false }),
    close() {
      void aws?.then(door => {
        door.close();
      });
    },
    async run(command: Command, run: (context: CommandContext) => Promise<ExitCode>): Promise<void> {
      flags = command.optsWithGlobals<GlobalFlags>();
      commandPath = pathOf(command);
      // A ddbx inside ddbx is told everything by the one around it.
      const config = world.connection === undefined ? await configOf(world.env) : undefined;
      // The file's Region is where to look by default; only one that was typed can contradict an ARN.
      const { region: fileRegion, ...settings } = besideEnvironment(config?.settings ?? {}, world.env);
      flags = { ...settings, ...typedFlags(command, flags) };
      const globals = globalOptions(flags);
      checkDocumentFormat(globals, command);
      const shared = io();
      const { makeOutput } = await import('./lib/terminal/output.js');
      if (config?.warning !== undefined) makeOutput(shared, { format: 'human' }).warn(config.warning);
      if (globals.query !== undefined) await (await import('./lib/terminal/query.js')).checkQuery(globals.query);
      const onRequest = globals.debug ? (trace: RequestTrace) => shared.stderr.write(traceLine(trace)) : undefined;
      exitCode = await run({
        io: shared,
        env: world.env,
        clock: world.clock,
        random: world.random,
        signal: world.signal,
        globals,
        commandPath,
        output: (fallback = 'human') => {
          const format = globals.output ?? fallback;
          if (globals.query === undefined) return makeOutput(shared, { format });
          if (format === 'human') throw usageError('--query works on json and ndjson only.', 'Add --output json.');
          return makeOutput(shared, { format, query: globals.query });
        },
        aws: () =>
          (aws ??= import('./lib/aws/connection.js').then(({ connect }) =>
            connect({
              ...globals,
              region: globals.region ?? fileRegion,
              ...world.connection,
              env: world.env,
              clock: world.clock,
              random: world.random,
              onRequest,
            }),
          )),
      });
    },
  };
}

/** Reads the config file; its reader is loaded only where there is one, or where one is asked for. */
async function configOf(env: World['env']): Promise<Config | undefined> {
  const path = configPath(env);
  const asked = [env['DDBX_CONFIG'], env['DDBX_CONTEXT']].some(value => value !== undefined && value !== '');
  if (!asked && (path === undefined || !existsSync(path))) return undefined;
  return (await import('./config.js')).readConfig(env, name => readFile(name, 'utf8'));
}

/** The flags without the one default that a config file may replace. */
function typedFlags(command: Command, flags: GlobalFlags): GlobalFlags {
  if (command.getOptionValueSourceWithGlobals('color') !== 'default') return flags;
  const { color: _color, ...typed } = flags;
  return typed;
}

/** What the config file says and the environment does not: that ranks between the flags and the file. */
function besideEnvironment(settings: ConfigSettings, env: World['env']): ConfigSettings {
  const { profile, region, endpointUrl, color, ...rest } = settings;
  const said = (name: RegExp): boolean =>
    Object.entries(env).some(([key, value]) => name.test(key) && value !== undefined && value !== '');
  return {
    ...rest,
    ...(profile === undefined || said(/^AWS_PROFILE$/) ? {} : { profile }),
    ...(region === undefined || said(/^AWS_REGION$/) ? {} : { region }),
    ...(endpointUrl === undefined || said(/^AWS_ENDPOINT_URL(?:_|$)/) ? {} : { endpointUrl }),
    ...(color === undefined || said(/^(?:NO_COLOR|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE)$/) ? {} : { color }),
  };
}

function plainFormat({ output }: GlobalFlags): OutputFormat | undefined {
  return output === undefined || isDocumentFormat(output) ? undefined : output;
}

/** @throws DdbxError `usage` for a format that the verb does not have */
function checkDocumentFormat({ documentFormat, query }: GlobalOptions, command: Command): void {
  if (documentFormat === undefined) return;
  const own = verbFacts(command)?.formats ?? [];
  if (!own.includes(documentFormat)) {
    const formats = ['human', 'json', 'ndjson', ...own].join(', ');
    throw usageError(`ddbx ${pathOf(command)} does not print ${documentFormat}.`, `--output takes ${formats} here.`);
  }
  if (query !== undefined) throw usageError('--query works on json and ndjson only.', 'Add --output json.');
}

function globalOptions(flags: GlobalFlags): GlobalOptions {
  return {
    profile: flags.profile,
    region: flags.region,
    endpointUrl: flags.endpointUrl,
    output: plainFormat(flags),
    documentFormat: flags.output !== undefined && isDocumentFormat(flags.output) ? flags.output : undefined,
    query: flags.query,
    debug: flags.debug ?? false,
    timeoutMs: flags.timeout,
    maxAttempts: flags.maxAttempts,
    readTimeoutMs: flags.readTimeout,
  };
}

/** The words of the verb without `ddbx`. */
function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}

function traceLine(trace: RequestTrace): string {
  const words = [
    'debug:',
    `${trace.service}.${trace.operation}`,
    trace.region,
    trace.resource,
    `${trace.durationMs}ms`,
    trace.attempts === 1 ? undefined : `attempts=${trace.attempts}`,
    trace.statusCode === undefined ? undefined : `status=${trace.statusCode}`,
    trace.failure,
    trace.requestId,
  ];
  return `${words.filter(word => word !== undefined && word !== '').join(' ')}\n`;
}
