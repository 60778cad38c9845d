import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { ObjectsGateway } from '../../src/lib/aws/objects-gateway.js';

/** Objects in memory, listed page by page. */
export interface FakeObjects extends ObjectsGateway {
  /** By `bucket/key`. */
  readonly stored: Map<string, string>;
  readonly calls: string[];
  /** Asked before each call; what it returns is thrown. */
  fails: (call: string) => AwsErrorKind | undefined;
}

export function fakeObjects(pageSize = 1_000): FakeObjects {
  const stored = new Map<string, string>();
  const calls: string[] = [];
  const failure = (kind: AwsErrorKind, operation: string): AwsError =>
    new AwsError({ kind, code: `Fake-${kind}`, message: kind, service: 's3', operation, region: 'eu-central-1' });
  const enter = async (call: string): Promise<void> => {
    calls.push(call);
    const kind = fake.fails(call);
    if (kind !== undefined) throw failure(kind, call);
  };
  const read = (name: string): string => {
    const body = stored.get(name);
    if (body === undefined) throw failure('not-found', 'GetObject');
    return body;
  };
  const fake: FakeObjects = {
    region: 'eu-central-1',
    stored,
    calls,
    fails: () => undefined,
    async list({ bucket, prefix, after }) {
      await enter(`list ${bucket}/${prefix}`);
      const keys = [...stored.keys()]
        .filter(name => name.startsWith(`${bucket}/${prefix}`))
        .map(name => name.slice(bucket.length + 1))
        .sort()
        .filter(key => after === undefined || key > after);
      const page = keys.slice(0, pageSize);
      return {
        objects: page.map(key => ({ key, sizeBytes: stored.get(`${bucket}/${key}`)?.length ?? 0, lastModifiedMs: 0 })),
        next: keys.length > pageSize ? page.at(-1) : undefined,
      };
    },
    async get(bucket, key) {
      await enter(`get ${bucket}/${key}`);
      return read(`${bucket}/${key}`);
    },
    async put(bucket, key, body) {
      await enter(`put ${bucket}/${key}`);
      stored.set(`${bucket}/${key}`, body);
    },
    async delete(bucket, key) {
      await enter(`delete ${bucket}/${key}`);
      stored.delete(`${bucket}/${key}`);
    },
    async copy(bucket, fromKey, toKey) {
      await enter(`copy ${bucket}/${fromKey} ${toKey}`);
      stored.set(`${bucket}/${toKey}`, read(`${bucket}/${fromKey}`));
    },
  };
  return fake;
}
