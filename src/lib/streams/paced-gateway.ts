import type { StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import type { RateLimiter } from './pace.js';

const DESCRIBE_STREAM_PER_SECOND = 10;
const LIST_STREAMS_PER_SECOND = 5;

/** The same gateway, within what AWS takes of DescribeStream and ListStreams in a second (FACTS A.1). */
export function pacedGateway(gateway: StreamsGateway, clock: Clock): StreamsGateway {
  const describeTurns = burstLimiter(DESCRIBE_STREAM_PER_SECOND, 1_000, clock);
  const listTurns = burstLimiter(LIST_STREAMS_PER_SECOND, 1_000, clock);
  const never = new AbortController().signal;
  return {
    region: gateway.region,
    serverNow: () => gateway.serverNow(),
    listStreams: async (input, signal) => {
      await listTurns.take(signal ?? never);
      return gateway.listStreams(input, signal);
    },
    describeStream: async (input, signal) => {
      await describeTurns.take(signal ?? never);
      return gateway.describeStream(input, signal);
    },
    getShardIterator: (input, signal) => gateway.getShardIterator(input, signal),
    getRecords: (input, signal) => gateway.getRecords(input, signal),
  };
}

/** At most `most` turns in any span of `spanMs`: the first ones at once, so that a few streams are listed without a wait. */
export function burstLimiter(most: number, spanMs: number, clock: Clock): RateLimiter {
  const turnsMs: number[] = [];
  return {
    async take(signal) {
      const now = clock.now();
      const before = turnsMs.length < most ? undefined : turnsMs.shift();
      const turnMs = Math.max(now, before === undefined ? now : before + spanMs);
      turnsMs.push(turnMs);
      if (turnMs > now) await clock.sleep(turnMs - now, signal);
    },
  };
}
