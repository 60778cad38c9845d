import pLimit from 'p-limit';
import type { BatchOutcome } from '../aws/batch-outcome.js';
import { isAwsError } from '../aws/aws-error.js';
import type { ListedObject, ObjectsGateway } from '../aws/objects-gateway.js';
import type { BucketPrefix } from './bucket-prefix.js';
import { BATCH_ENTRIES, type FailureSource, type TakenMessage } from './failure-source.js';

const AT_ONCE = 10;
/**
 * The objects of an S3 destination as failure messages, each listed once. What is done is deleted, or moved below
 * another prefix when `moveTo` is given; nobody else is kept from them meanwhile, as there is no visibility in S3.
 */
export function bucketSource(
  gateway: ObjectsGateway,
  { bucket, prefix }: BucketPrefix,
  moveTo: string | undefined,
): FailureSource {
  const listed: ListedObject[] = [];
  let after: string | undefined;
  let isListed = false;

  const nextKeys = async (most: number, signal: AbortSignal): Promise<readonly ListedObject[]> => {
    while (listed.length === 0 && !isListed) {
      const page = await gateway.list({ bucket, prefix, after }, signal);
      // What was moved may lie below the same prefix.
      listed.push(...page.objects.filter(({ key }) => !key.endsWith('/') && !isMoved(key, moveTo)));
      after = page.next;
      isListed = after === undefined;
    }
    return listed.splice(0, Math.min(most, BATCH_ENTRIES));
  };
  const nothingToDo = async (messages: readonly TakenMessage[]): Promise<BatchOutcome<TakenMessage>> => ({
    done: messages,
    failed: [],
  });
  return {
    name: `s3://${bucket}/${prefix}`,
    visibilityMs: undefined,
    depth: async () => undefined,
    async take(most, _waitMs, signal) {
      for (;;) {
        const keys = await nextKeys(most, signal);
        if (keys.length === 0) return undefined;
        const read = await Promise.all(keys.map(object => readObject(gateway, bucket, object, signal)));
        const taken = read.filter(message => message !== undefined);
        if (taken.length > 0) return taken;
      }
    },
    extend: nothingToDo,
    release: nothingToDo,
    async remove(messages, signal) {
      const parallel = pLimit(AT_ONCE);
      const outcomes = await Promise.all(
        messages.map(message =>
          parallel(async (): Promise<BatchOutcome<TakenMessage>> => {
            try {
              const key = message.receiptHandle;
              if (moveTo !== undefined) await gateway.copy(bucket, key, movedKey(key, prefix, moveTo), signal);
              await gateway.delete(bucket, key, signal);
              return { done: [message], failed: [] };
            } catch (error) {
              if (!isAwsError(error)) throw error;
              const { code, message: text } = error;
              const senderFault = isAwsError(error, 'denied', 'validation', 'not-found');
              return { done: [], failed: [{ entry: message, code, message: text, senderFault }] };
            }
          }),
        ),
      );
      return {
        done: outcomes.flatMap(outcome => outcome.done),
        failed: outcomes.flatMap(outcome => outcome.failed),
      };
    },
  };
}

/** Reads an object; one that somebody else has removed meanwhile is none. */
async function readObject(
  gateway: ObjectsGateway,
  bucket: string,
  { key, lastModifiedMs }: ListedObject,
  signal: AbortSignal,
): Promise<TakenMessage | undefined> {
  try {
    const body = await gateway.get(bucket, key, signal);
    return { id: key, receiptHandle: key, body, sentAtMs: lastModifiedMs, receiveCount: undefined };
  } catch (error) {
    if (isAwsError(error, 'not-found')) return undefined;
    throw error;
  }
}

function isMoved(key: string, moveTo: string | undefined): boolean {
  return moveTo !== undefined && key.startsWith(withSlash(moveTo));
}

/** The key behind the listed prefix, below the new one. */
function movedKey(key: string, prefix: string, moveTo: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return withSlash(moveTo) + key.slice(folder.length);
}

function withSlash(prefix: string): string {
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}
