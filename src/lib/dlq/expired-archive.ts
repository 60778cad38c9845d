import { DurableFile } from '../files/durable-file.js';
import { formatInstant } from '../model/instant.js';
import type { StreamBatchMessage } from './failure-message.js';
import type { TakenMessage } from './failure-source.js';
import type { Loss } from './range-work.js';

/** A message whose records are lost. */
export interface ExpiredMessage {
  readonly taken: TakenMessage;
  readonly message: StreamBatchMessage;
  readonly loss: Loss | undefined;
}

/** Keeps what is known of messages whose records are gone, before they are deleted. */
export interface ExpiredArchive {
  readonly name: string;
  open(): Promise<void>;
  /** Resolves when the metadata are on the disk. */
  add(messages: readonly ExpiredMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** One line of JSON a message, with the message itself in it, appended to a file. */
export function archiveFile(path: string, nowMs: () => number): ExpiredArchive {
  const file = new DurableFile(path);
  return {
    name: path,
    open: () => file.open(),
    add: async messages => {
      const lines = messages.map(({ taken, message, loss }) =>
        JSON.stringify({
          archivedAt: formatInstant(nowMs()),
          messageId: taken.id,
          ...(taken.sentAtMs === undefined ? {} : { sentAt: formatInstant(taken.sentAtMs) }),
          lost: loss?.all === false ? 'some' : 'all',
          why: loss?.why ?? 'trimmed',
          ...(loss?.leftFrom === undefined ? {} : { leftFrom: loss.leftFrom }),
          consumer: message.failure.consumerName,
          condition: message.failure.condition,
          batch: message.batch,
          body: taken.body,
        }),
      );
      await file.append(Buffer.from(`${lines.join('\n')}\n`));
    },
    close: () => file.close(),
  };
}
