import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type ServiceContext, call } from './call.js';

/** An object as a listing names it. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number | undefined;
}

/** S3 in one Region. Every method throws AwsError. */
export interface ObjectsGateway {
  readonly region: string;
  /** A page of up to a thousand keys, in their order. */
  list(
    input: { readonly bucket: string; readonly prefix: string; readonly after?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly objects: readonly ListedObject[]; readonly next: string | undefined }>;
  /** The whole object as text; failure messages are 6 MB and a little at most (FACTS B.1, B.5). */
  get(bucket: string, key: string, signal?: AbortSignal): Promise<string>;
  put(bucket: string, key: string, body: string, signal?: AbortSignal): Promise<void>;
  delete(bucket: string, key: string, signal?: AbortSignal): Promise<void>;
  /** Copies an object within its bucket. */
  copy(bucket: string, fromKey: string, toKey: string, signal?: AbortSignal): Promise<void>;
}

/** The gateway over the SDK's client. */
export function sdkObjectsGateway(client: S3Client, context: ServiceContext): ObjectsGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    async list({ bucket, prefix, after }, signal) {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: after });
      const output = await call(context, 'ListObjectsV2', `s3://${bucket}`, () =>
        client.send(command, options(signal)),
      );
      const objects = (output.Contents ?? []).flatMap(({ Key, Size, LastModified }) =>
        Key === undefined ? [] : [{ key: Key, sizeBytes: Size ?? 0, lastModifiedMs: LastModified?.getTime() }],
      );
      return { objects, next: output.NextContinuationToken };
    },
    async get(bucket, key, signal) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const name = `s3://${bucket}/${key}`;
      const output = await call(context, 'GetObject', name, () => client.send(command, options(signal)));
      return (await output.Body?.transformToString('utf8')) ?? '';
    },
    async put(bucket, key, body, signal) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' });
      await call(context, 'PutObject', `s3://${bucket}/${key}`, () => client.send(command, options(signal)));
    },
    async delete(bucket, key, signal) {
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: key });
      await call(context, 'DeleteObject', `s3://${bucket}/${key}`, () => client.send(command, options(signal)));
    },
    async copy(bucket, fromKey, toKey, signal) {
      // The source is a URL's path: its slashes stay, everything else that a key can hold is escaped.
      const source = [bucket, ...fromKey.split('/')].map(encodeURIComponent).join('/');
      const command = new CopyObjectCommand({ Bucket: bucket, Key: toKey, CopySource: source });
      await call(context, 'CopyObject', `s3://${bucket}/${fromKey}`, () => client.send(command, options(signal)));
    },
  };
}
