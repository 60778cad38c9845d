/** An object, as it is stored. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly modifiedAtMs: number;
  /** The headers that came with it and go out with it: content type, user metadata, checksums. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A bucket; its name is taken in all Regions. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly objects: Map<string, StoredObject>;
}

/** The keys of a bucket in S3's order, that of their UTF-8 bytes. */
export function sortedKeys(bucket: Bucket): readonly string[] {
  return [...bucket.objects.keys()]
    .map(key => ({ key, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ key }) => key);
}
