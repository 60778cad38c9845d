import { setMaxListeners } from 'node:events';
import { runCli } from './cli.js';
import { systemClock } from './lib/model/clock.js';
import { ExitCode } from './lib/model/error.js';

const SHOW_CURSOR = '\u001b[?25h';

/** The first signal asks for a clean end; the second ends at once. A terminal that goes away counts as the first. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      // The finally blocks that would give the cursor back do not run.
      if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
      process.exit(ExitCode.interrupted);
    }
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  return controller.signal;
}

/** The process's own world, and the only place that ends the process. */
async function runProcess(): Promise<void> {
  // The SDK would print seven lines about Node versions into every run; `ddbx doctor` says it instead.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { stdin, stdout, stderr } = process;
  const code = await runCli(process.argv.slice(2), {
    streams: { stdin, stdout, stderr },
    env: process.env,
    clock: systemClock,
    random: Math.random,
    signal: interruptible(),
  });
  process.exitCode = code;
  // What was written is let out first; whatever else is still open must not hold the process up.
  stdout.write('', () => stderr.write('', () => process.exit(code)));
}

// A tail of a hundred shards has a hundred waits on one signal; Node takes more than ten for a leak and says so.
setMaxListeners(0);

// A reader that went away is told to the writer by its callback; these keep Node from printing a stack trace for it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

await runProcess();
