import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { CommandContext } from '../../context.js';
import { runCli } from '../../cli.js';
import { ExitCode } from '../../lib/model/error.js';
import { startSandbox } from '../../lib/sandbox/sandbox.js';
import type { OutputStream } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import type { DemoOptions } from './demo.js';
import { OrderWriter } from './orders.js';
import { exampleCredentials } from '../sandbox/example-credentials.js';
import { FUNCTION, type Outcome, type Stage, type Step, TABLE } from './stage.js';
import { STORY } from './story.js';

const PAUSE_ON_TTY_MS = 300;
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;

/** Where the tour takes place. */
interface Place {
  readonly url: string;
  readonly folder: string;
}

/** Plays the tour on a sandbox of its own. Exit code 0 only when every step did what it says. */
export async function runDemo(options: DemoOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, io, random, signal } = context;
  const output = context.output();
  const paint = makePalettes(io).stdout;
  const folder = await mkdtemp(join(tmpdir(), 'ddbx-demo-'));
  const sandbox = await startSandbox({ port: 0, clock, random, statusDelayMs: 200 });
  sandbox.control.setReplicaDurations({ appearMs: 200, createMs: 1_000 });
  const orders = new OrderWriter(sandbox.url, TABLE, clock, random);
  const stage: Stage = {
    control: sandbox.control,
    orders,
    deploy: async handler => {
      const handlerPath = join(folder, 'handler.mjs');
      await writeFile(handlerPath, handler);
      sandbox.control.addFunction({ name: FUNCTION, handlerPath });
    },
    until: async condition => {
      for (const giveUpAtMs = clock.now() + PATIENCE_MS; clock.now() < giveUpAtMs; ) {
        if (condition()) return true;
        await clock.sleep(LOOK_EVERY_MS, signal);
      }
      return false;
    },
  };
  const recorder: Recorder = { stdout: tee(io.stdout), stderr: tee(io.stderr) };
  const problems: string[] = [];
  try {
    await output.line(
      paint.dim(`A sandbox runs at ${sandbox.url}; a table ${TABLE} takes orders. Nothing leaves this machine.`),
    );
    await orders.createTable(signal);
    for (let written = 0; written < 60; written += 1) await orders.step();
    orders.run(signal);
    for (const [index, step] of STORY.entries()) {
      await output.line(`\n${paint.bold(`${index + 1}. ${step.says}`)}`);
      await output.line(paint.key(`$ ddbx ${step.argv.map(shown).join(' ')}`));
      await output.flush();
      await step.before?.(stage);
      const outcome = await play(step, stage, recorder, { url: sandbox.url, folder }, context);
      const problem = step.problem(outcome);
      if (problem !== undefined) problems.push(`step ${index + 1} (ddbx ${step.argv.join(' ')}): ${problem}`);
      if (signal.aborted) return ExitCode.interrupted;
      if (io.stdoutIsTty) await clock.sleep(PAUSE_ON_TTY_MS, signal);
    }
  } finally {
    // What went wrong with a write is told by the step that pauses the writing.
    await orders.pause().catch(() => {});
    await sandbox.close();
    if (!options.keep) await rm(folder, { recursive: true, force: true });
    if (options.keep) output.note(`The demo's files are in ${folder}`);
    else if (signal.aborted) output.note('The sandbox is stopped, and nothing of the demo is left.');
  }
  for (const problem of problems) output.warn(`The demo did not go as it should: ${problem}`);
  if (problems.length > 0) return ExitCode.failed;
  await output.line(`\n${paint.good('Every step did what it says.')} On your own tables: ddbx streams list`);
  return ExitCode.done;
}

/** The streams of the commands that are played: shown to the user, and kept for the checks. */
interface Recorder {
  readonly stdout: Tee;
  readonly stderr: Tee;
}

/** Runs one command line as a user would have typed it, showing and keeping what it writes. */
async function play(
  step: Step,
  stage: Stage,
  recorder: Recorder,
  place: Place,
  context: CommandContext,
): Promise<Outcome> {
  const { stdout, stderr } = recorder;
  stdout.forget();
  stderr.forget();
  const seen = (exitCode = -1): Outcome => ({ exitCode, stdout: stdout.text(), stderr: stderr.text() });
  const ctrlC = new AbortController();
  const running = runCli(
    step.argv.map(argument => inFolder(argument, place.folder)),
    {
      streams: { stdin: new PassThrough(), stdout: stdout.stream, stderr: stderr.stream },
      env: context.env,
      connection: { endpointUrl: place.url, region: 'us-east-1', credentials: exampleCredentials },
      clock: context.clock,
      random: context.random,
      signal: AbortSignal.any([context.signal, ctrlC.signal]),
    },
  );
  const acting = (async () => {
    await step.meanwhile?.(stage, seen);
    if (step.interrupted === true) ctrlC.abort();
  })();
  const [exitCode] = await Promise.all([running, acting]);
  return seen(exitCode);
}

/** The demo's files live in a folder of their own; the command line shows their bare names. */
function inFolder(argument: string, folder: string): string {
  if (argument.startsWith('module:')) return `module:${join(folder, argument.slice('module:'.length))}`;
  return /^[a-z-]+\.(ndjson|json)$/.test(argument) ? join(folder, argument) : argument;
}

function shown(argument: string): string {
  return /^[\w./:@%+=,#-]+$/.test(argument) ? argument : `'${argument}'`;
}

/** A stream that passes on what it is given and remembers it. */
interface Tee {
  readonly stream: OutputStream;
  readonly text: () => string;
  readonly forget: () => void;
}

function tee(to: OutputStream): Tee {
  let kept: string[] = [];
  return {
    text: () => kept.join(''),
    forget: () => {
      kept = [];
    },
    stream: {
      isTTY: to.isTTY,
      columns: to.columns,
      write: (chunk, callback) => {
        kept.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
        return to.write(chunk, callback);
      },
      once: (event, listener) => to.once(event, listener),
      on: (event: 'error' | 'close', listener: (error: Error) => void) => to.on(event as 'error', listener),
    },
  };
}
