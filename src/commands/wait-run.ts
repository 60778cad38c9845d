import type { CommandContext } from '../context.js';
import type { Table } from '../lib/aws/tables-gateway.js';
import { DdbxError, ExitCode } from '../lib/model/error.js';
import { resolveTable } from '../lib/streams/resolve-table.js';
import { deadlineAfter, waitForTable } from '../lib/streams/wait-for-table.js';
import { withSpinner } from '../lib/terminal/spinner.js';
import { regionFor } from './region.js';
import { reachFlags } from './streams/aws-lines.js';
import type { WaitOptions, WaitState } from './wait.js';

/** Runs `ddbx wait`. */
export async function runWait({ table: ref, state }: WaitOptions, context: CommandContext): Promise<ExitCode> {
  if (state === 'replicas-active') return (await import('./wait-replicas-run.js')).runWaitForReplicas(ref, context);
  const { clock, signal, globals, io } = context;
  const output = context.output();
  const aws = await context.aws();
  const region = await regionFor(ref, aws, globals);
  const tables = await aws.tables(region);
  const { tableName } = ref;
  const again = `ddbx wait ${tableName} --for ${state}${reachFlags({ ...globals, region })}`;
  const deadline = deadlineAfter(globals.timeoutMs, clock, `Wait on with: ${again}`);
  try {
    await resolveTable(tables, ref, signal);
  } catch (error) {
    const mayCome = state === 'table-active' && error instanceof DdbxError && error.code === 'table-not-found';
    if (!mayCome) throw error;
    output.note(`${error.message} ${error.hint ?? ''} Waiting, in case it is being created.`);
  }

  const what = `${tableName} (${region}) to be ${WORDS[state]}`;
  const startedAtMs = clock.now();
  const wait = (update: (text: string) => void): Promise<Table> =>
    waitForTable({
      tables,
      tableName,
      clock,
      signal,
      deadline,
      what,
      isDone: table => isReached(table, state),
      mayBeMissing: state === 'table-active',
      onLook: table => {
        update(`Waiting for ${what}; now ${table === undefined ? 'it is not there' : stateText(table)}`);
      },
    });
  const table = await (output.format === 'human'
    ? withSpinner(io, `Waiting for ${what}`, wait)
    : wait(() => undefined));

  const result = {
    table: table.tableName,
    region,
    state,
    tableStatus: table.status,
    viewType: table.streamViewType ?? null,
    streamArn: table.streamViewType === undefined ? null : (table.latestStreamArn ?? null),
    waitedMs: clock.now() - startedAtMs,
  };
  if (output.format === 'human') await output.line(`${tableName} (${region}): ${stateText(table)}`);
  else if (output.format === 'ndjson') await output.event({ type: 'summary', ...result });
  else await output.document(result);
  return ExitCode.done;
}

/** What the look at one Region's table shows. */
type TableState = Exclude<WaitState, 'replicas-active'>;

const WORDS: Readonly<Record<TableState, string>> = {
  'stream-enabled': 'ACTIVE with an enabled stream',
  'stream-disabled': 'ACTIVE without a stream',
  'table-active': 'ACTIVE',
};

function isReached(table: Table, state: TableState): boolean {
  if (table.status !== 'ACTIVE') return false;
  switch (state) {
    case 'table-active':
      return true;
    case 'stream-enabled':
      return table.streamViewType !== undefined;
    case 'stream-disabled':
      return table.streamViewType === undefined;
  }
}

function stateText({ status, streamViewType }: Table): string {
  return `${status}, ${streamViewType === undefined ? 'no stream enabled' : `stream enabled with ${streamViewType}`}`;
}
