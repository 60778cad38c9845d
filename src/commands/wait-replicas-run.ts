import type { CommandContext } from '../context.js';
import type { TableRef } from '../lib/aws/arn.js';
import { waitForAll } from '../lib/global/wait-for-all.js';
import { ExitCode } from '../lib/model/error.js';
import { deadlineAfter } from '../lib/streams/wait-for-table.js';
import { makeChangeScreen } from './global/change-screen.js';
import { openGlobal } from './global/open-global.js';
import { reachFlags } from './streams/aws-lines.js';

/** Runs `ddbx wait --for replicas-active`: also for changes that something else began. */
export async function runWaitForReplicas(ref: TableRef, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, globals } = context;
  const output = context.output();
  const { aws, home } = await openGlobal(ref, context);
  const { tableName, region } = home;
  const again = `ddbx wait ${tableName} --for replicas-active${reachFlags({ ...globals, region })}`;
  const deadline = deadlineAfter(globals.timeoutMs, clock, `Wait on with: ${again}`);
  const startedAtMs = clock.now();
  const screen = makeChangeScreen(context, output);
  try {
    const waiting = waitForAll(tableName, { replicas: await aws.replicas(region), clock, signal, deadline });
    let next = await waiting.next();
    while (next.done !== true) {
      screen.progress(next.value);
      next = await waiting.next();
    }
    const replicas = next.value.replicas.map(replica => replica.region);
    const result = {
      table: tableName,
      region,
      state: 'replicas-active',
      replicas,
      waitedMs: clock.now() - startedAtMs,
    };
    if (output.format === 'human') {
      await screen.output.line(`${tableName} (${region}): ACTIVE, and so are its replicas in ${replicas.join(', ')}`);
    } else if (output.format === 'ndjson') await output.event({ type: 'summary', ...result });
    else await output.document(result);
    return ExitCode.done;
  } finally {
    screen.end();
  }
}
