import { Exact, exact, ZERO } from '../model/exact.js';
import { shown } from './table-usage.js';
import { writeUnitsOf } from './units.js';
import { just, type Usage } from './usage.js';
import { MONTH_HOURS } from './quantities.js';
import { allWrites, homeOf, type StreamReaders, type TriggerLoad, type Workload } from './workload.js';

const MONTH_MS = MONTH_HOURS * 3_600_000;
const RECORDS_PER_CALL = 1000;
const KB_PER_CALL = 1024;
const REQUESTS_PER_MESSAGE = 3;
const MB_PER_GB = 1024;

/** What is charged for reading the stream of the home Region: GetRecords of own readers, a trigger, its failure queue. */
export function consumerUsage(workload: Workload): readonly Usage[] {
  const { streamReaders, trigger } = workload;
  return [
    ...(streamReaders === undefined ? [] : [readerUsage(workload, streamReaders)]),
    ...[...(workload.streamCalls ?? [])].map(([region, calls]) => countedUsage(region, calls)),
    ...(trigger === undefined ? [] : triggerUsage(workload, trigger)),
  ].filter(({ quantity }) => quantity.high.gt(0));
}

/** Records of a month in the home Region's stream: one for each write, and one for each delete by TTL. */
function recordsOf(workload: Workload): Exact {
  return allWrites(workload).plus(workload.ttlDeletes);
}

function readerUsage(workload: Workload, { count, pollIntervalMs, shards }: StreamReaders): Usage {
  const region = homeOf(workload);
  const records = recordsOf(workload);
  const polls = exact(MONTH_MS).div(pollIntervalMs).times(shards);
  const byRecords = records.div(RECORDS_PER_CALL);
  const byBytes = records.times(writeUnitsOf(workload.itemBytes)).div(KB_PER_CALL);
  const calls = Exact.max(polls, byRecords, byBytes).ceil();
  const who = count === 1 ? '1 reader' : `${count} readers`;
  const rhythm = `${count} x ${shards} ${shards === 1 ? 'shard' : 'shards'} x a month / ${pollIntervalMs / 1000} s`;
  const carried = `${count} x ${shown(calls)} full pages for ${shown(records)} records`;
  return {
    id: `${region}/stream reads`,
    region,
    dimension: 'streams',
    title: `stream reads of ${who}`,
    quantity: just(calls.times(count)),
    rule: 'stream-reads',
    arithmetic: calls.gt(polls.ceil()) ? carried : rhythm,
    once: false,
  };
}

/** Calls that CloudWatch counted: it does not tell the free ones apart, so that between none and all are paid for. */
function countedUsage(region: string, calls: Exact): Usage {
  return {
    id: `${region}/stream reads`,
    region,
    dimension: 'streams',
    title: 'stream reads',
    quantity: { low: ZERO, high: calls.ceil() },
    rule: 'counted-stream-reads',
    arithmetic: `none to all of ${shown(calls)} GetRecords calls`,
    once: false,
  };
}

function triggerUsage(workload: Workload, trigger: TriggerLoad): readonly Usage[] {
  const region = homeOf(workload);
  const passing = recordsOf(workload).times(trigger.passShare);
  const invocations = passing.div(trigger.batchSize).ceil();
  const pass = trigger.passShare.eq(1) ? '' : ` x ${trigger.passShare.times(100).toFixed()}%`;
  const lines: Usage[] = [
    {
      id: `${region}/trigger requests`,
      region,
      dimension: 'lambda-requests',
      title: 'trigger invocations',
      quantity: just(invocations),
      rule: 'lambda-requests',
      arithmetic: `${shown(recordsOf(workload))} records${pass} / ${trigger.batchSize}`,
      once: false,
    },
  ];
  if (trigger.duration !== undefined) {
    const { ms, memoryMb } = trigger.duration;
    lines.push({
      id: `${region}/trigger duration`,
      region,
      dimension: trigger.architecture === 'x86' ? 'lambda-x86' : 'lambda-arm64',
      title: 'trigger duration',
      quantity: just(invocations.times(ms).times(memoryMb).div(1000).div(MB_PER_GB)),
      rule: 'lambda-duration',
      arithmetic: `${shown(invocations)} invocations x ${ms} ms x ${memoryMb} MB`,
      once: false,
    });
  }
  const failed = invocations.times(trigger.failedShare).ceil();
  if (failed.gt(0)) {
    lines.push({
      id: `${region}/failure queue`,
      region,
      dimension: 'sqs',
      title: 'failure queue',
      quantity: just(failed.times(REQUESTS_PER_MESSAGE)),
      rule: 'failure-queue',
      arithmetic: `${shown(failed)} batches x ${REQUESTS_PER_MESSAGE} requests`,
      once: false,
    });
  }
  return lines;
}
