import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, START_MS, startHarness } from '../harness.js';

const Bucket = 'failures';

describe('objects, B.5', () => {
  let harness: Harness;
  let s3: S3Client;

  beforeEach(async () => {
    harness = await startHarness();
    s3 = harness.s3();
    await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterEach(() => harness.close());

  const put = (Key: string, Body: string | Buffer = '{}') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const get = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  /** A request as it goes over the wire; only the scope of the signature is looked at. */
  const raw = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`${harness.sandbox.url}${path}`, {
      method,
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00',
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });

  it('gives back what was put, under the keys that Lambda makes, with its metadata and ETag', async () => {
    const Key = 'aws/lambda/8d1f6f3c/shardId-00000001/2026/11/20/2026-11-20T10.11.12-ä b+c&d';
    const Body = JSON.stringify({ payload: 'ä'.repeat(1000) });
    const stored = await s3.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', Metadata: { team: 'orders' } }),
    );
    const etag = `"${createHash('md5').update(Body).digest('hex')}"`;
    expect(stored.ETag).toBe(etag);
    const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await object.Body?.transformToString()).toBe(Body);
    expect(object).toMatchObject({
      ETag: etag,
      ContentType: 'application/json',
      ContentLength: Buffer.byteLength(Body),
      Metadata: { team: 'orders' },
      LastModified: new Date(Math.floor(START_MS / 1000) * 1000),
    });
    expect(object.ContentEncoding).toBeUndefined();
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ETag: etag,
      ContentLength: Buffer.byteLength(Body),
    });
  });

  it('takes bodies in the chunks of SDKs, with a checksum behind that is verified', async () => {
    const bytes = Buffer.alloc(200_000, 'chunk');
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]),
        ContentLength: bytes.length,
      }),
    );
    const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(object.ChecksumCRC32).toBeDefined();
    const chunked = (trailer: string) =>
      raw(
        'PUT',
        '/failures/chunked',
        { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'content-encoding': 'aws-chunked' },
        `3\r\nabc\r\n2;chunk-signature=00\r\nde\r\n0\r\n${trailer}\r\n\r\n`,
      );
    expect((await chunked('x-amz-checksum-crc32:hYfYZQ==')).status).toBe(200);
    expect(await get('chunked')).toBe('abcde');
    const wrong = await chunked('x-amz-checksum-crc32:AAAAAA==');
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('<Code>BadDigest</Code>')]);
    const cut = await raw(
      'PUT',
      '/failures/cut',
      { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
      'ff\r\nabc',
    );
    expect(await cut.text()).toContain('<Code>IncompleteBody</Code>');
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('takes the checksum %s', async algorithm => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'sum', Body: 'abc', ChecksumAlgorithm: algorithm }));
    expect(await get('sum')).toBe('abc');
  });

  it('gives a part of an object', async () => {
    await put('digits', '0123456789');
    const part = async (Range: string) => {
      const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
      return [await object.Body?.transformToString(), object.ContentRange];
    };
    expect(await part('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await part('bytes=8-')).toEqual(['89', 'bytes 8-9/10']);
    expect(await part('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
    await expect(part('bytes=10-12')).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('lists keys by prefix in the order of their bytes, page by page', async () => {
    const keys = ['a/1', 'a/2', 'a/b/3', 'a/ä', 'z'];
    for (const key of keys.toReversed()) await put(key);
    const listed: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 2, ContinuationToken: token }),
      );
      expect(page.KeyCount).toBe(2);
      listed.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(listed).toEqual(['a/1', 'a/2', 'a/b/3', 'a/ä']);
    const after = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'a/b/3' }));
    expect(after.Contents).toMatchObject([
      { Key: 'a/ä', Size: 2, ETag: '"99914b932bd37a50b983c5e7c90ae93b"', StorageClass: 'STANDARD' },
      { Key: 'z' },
    ]);
    const folded = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', Delimiter: '/' }));
    expect(folded.CommonPrefixes).toEqual([{ Prefix: 'a/b/' }]);
    expect(folded.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2', 'a/ä']);
    const encoded = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/ä', EncodingType: 'url' }));
    expect(encoded.Contents?.map(({ Key }) => Key)).toEqual(['a/%C3%A4']);
  });

  it('deletes one and many, and what is not there', async () => {
    for (const key of ['a', 'b & c', 'd']) await put(key);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const deleted = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b & c' }, { Key: 'nobody' }] } }),
    );
    expect(deleted.Deleted).toEqual([{ Key: 'b & c' }, { Key: 'nobody' }]);
    const quiet = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: 'd' }] } }));
    expect(quiet.Deleted ?? []).toEqual([]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('copies an object, with its metadata or with other', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'x', Metadata: { from: 'here' } }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'kept', CopySource: `${Bucket}/a%20b` }));
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'new',
        CopySource: `/${Bucket}/a%20b`,
        MetadataDirective: 'REPLACE',
        Metadata: { from: 'there' },
      }),
    );
    const metadata = async (Key: string) => (await s3.send(new HeadObjectCommand({ Bucket, Key }))).Metadata;
    expect([await metadata('kept'), await metadata('new'), await get('new')]).toEqual([
      { from: 'here' },
      { from: 'there' },
      'x',
    ]);
    await expect(
      s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/nobody` })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('knows no key and no bucket that is not there', async () => {
    await expect(get('nobody')).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      Key: 'nobody',
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'nobody' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'nobody' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nobody' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('makes a bucket in the Region that it is asked in, and points elsewhere from the others', async () => {
    const ireland = harness.s3('eu-west-1');
    await ireland.send(
      new CreateBucketCommand({
        Bucket: 'ireland',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket, 'ireland']);
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'ireland' }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
    });
    await expect(
      ireland.send(
        new CreateBucketCommand({ Bucket: 'other', CreateBucketConfiguration: { LocationConstraint: 'eu-west-3' } }),
      ),
    ).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'X_Y' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
    await s3.send(new CreateBucketCommand({ Bucket }));
    await put('a');
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await ireland.send(new DeleteBucketCommand({ Bucket: 'ireland' }));
    await s3.send(new HeadBucketCommand({ Bucket }));
  });

  it('refuses aloud what it does not serve', async () => {
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ServerSideEncryption: 'AES256' })),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('x-amz-server-side-encryption'),
    });
    const answer = await raw('GET', '/failures?acl');
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('<Code>NotImplemented</Code>')]);
    expect(harness.log.at(-1)).toContain('GET /failures?acl');
  });
});
