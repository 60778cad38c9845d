import { DurableFile } from '../files/durable-file.js';
import { lambdaSplice, writeNdjson } from '../streams/stream-record.js';
import { type Delivery, DELIVERED, type DrainSink } from './drain-sink.js';

/** Records as NDJSON, as `ddbx streams tail` writes them: appended to a file, and on the disk before they count. */
export function fileSink(path: string): DrainSink {
  const file = new DurableFile(path);
  return {
    name: `file:${path}`,
    open: () => file.open(),
    async deliver(deliveries) {
      await file.append(linesOf(deliveries));
      return deliveries.map(() => DELIVERED);
    },
    close: () => file.close(),
  };
}

/** Where bytes leave the process. */
export interface ByteOutput {
  /** Resolves when the bytes have left the process. */
  write(bytes: Uint8Array): Promise<void>;
}

/** The same lines into a pipe; they count when they have left the process. */
export function outputSink(output: ByteOutput): DrainSink {
  return {
    name: '-',
    open: async () => {},
    async deliver(deliveries) {
      await output.write(linesOf(deliveries));
      return deliveries.map(() => DELIVERED);
    },
    close: async () => {},
  };
}

function linesOf(deliveries: readonly Delivery[]): Buffer {
  return Buffer.concat(
    deliveries.map(({ message, records }) =>
      writeNdjson(
        records.map(({ record }) => record),
        lambdaSplice(message.batch.streamArn, message.batch.shardId),
      ),
    ),
  );
}
