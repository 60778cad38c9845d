import { countMessages } from '../sqs/queue.js';
import type { SandboxState } from '../state.js';
import type { SandboxStatus } from './control.js';
import { controlInput } from './control-input.js';

/** What the sandbox holds at this moment. */
export function statusOf(input: unknown, state: SandboxState): SandboxStatus {
  controlInput(input, []);
  return {
    now: new Date(state.clock.now()).toISOString(),
    account: state.settings.account,
    clockOffsetMs: state.clock.offsetMs(),
    regions: [...state.regions.values()].map(region => ({
      region: region.name,
      tables: [...region.tables.values()].map(table => ({
        table: table.name,
        status: table.status,
        items: table.items.count,
      })),
      streams: [...region.streams.values()].map(stream => ({
        arn: stream.identity.arn,
        status: stream.status,
        openShards: stream.openShards.length,
        closedShards: stream.shards.length - stream.openShards.length,
        records: stream.shards.reduce((records, { log }) => records + log.nextIndex - log.firstIndex, 0),
      })),
      queues: [...region.sqs.queues.values()].map(queue => {
        const { visible, inFlight, delayed } = countMessages(queue, state.clock.now());
        const waitingReceives = state.arrivals.count(queue.arn);
        return { queue: queue.name, messages: visible, inFlight, delayed, waitingReceives };
      }),
    })),
    functions: state.functions.all().map(({ name }) => name),
    pendingFailures: state.faults.pending(),
  };
}
