import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { ConsumersGateway, StreamConsumer } from '../../src/lib/aws/consumers-gateway.js';

/** Consumers in memory; a kind that is in `failing` cannot be listed, one in `silent` never answers. */
export interface FakeConsumersOptions {
  readonly consumers?: readonly StreamConsumer[];
  readonly failing?: Partial<Record<StreamConsumer['kind'], AwsErrorKind>>;
  readonly silent?: readonly StreamConsumer['kind'][];
  readonly region?: string;
}

export function fakeConsumers(options: FakeConsumersOptions = {}): ConsumersGateway {
  const { consumers = [], failing = {}, silent = [], region = 'eu-central-1' } = options;
  const list = async (
    kind: StreamConsumer['kind'],
    operation: string,
    matches: (arn: string) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly StreamConsumer[]> => {
    if (silent.includes(kind)) {
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    }
    const failure = failing[kind];
    if (failure !== undefined) {
      throw new AwsError({
        kind: failure,
        code: `Fake-${failure}`,
        message: failure,
        service: kind,
        operation,
        region,
      });
    }
    return consumers.filter(consumer => consumer.kind === kind && matches(consumer.streamArn));
  };
  return {
    region,
    listMappings: (streamArn, signal) =>
      list(
        'event-source-mapping',
        'ListEventSourceMappings',
        arn => streamArn === undefined || arn === streamArn,
        signal,
      ),
    listPipes: (prefix, signal) => list('pipe', 'ListPipes', arn => arn.startsWith(prefix), signal),
  };
}

/** An event source mapping of a stream. */
export function aMapping(streamArn: string, name = 'orders-indexer', state = 'Enabled'): StreamConsumer {
  return { kind: 'event-source-mapping', id: '14e0db71-5d35-4eb5-b481-8945cf9d10c2', name, streamArn, state };
}

/** A pipe of a stream. */
export function aPipe(streamArn: string, name = 'orders-audit'): StreamConsumer {
  return { kind: 'pipe', id: name, name, streamArn, state: 'RUNNING' };
}
