import {
  type AttributeValue as SdkValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeMap, AttributeValue } from '../model/attribute-value.js';
import { isAwsError } from './aws-error.js';
import { type ServiceContext, call } from './call.js';

/** One page of a scan. */
export interface ScanPage {
  readonly items: readonly AttributeMap[];
  /** Where the next page begins; undefined after the last. */
  readonly lastKey: AttributeMap | undefined;
  /** Read units that the page took. */
  readonly consumedUnits: number;
}

/** Items of tables in one Region. Every method throws AwsError. */
export interface ItemsGateway {
  readonly region: string;
  /** Writes an item whose key is new. @returns false, and nothing is written, when there is an item of that key */
  putNew(tableName: string, item: AttributeMap, keyName: string, signal?: AbortSignal): Promise<boolean>;
  /** Deletes the item when `attribute` holds this text; what is not there, or is somebody else's, stays as it is. */
  deleteMarked(
    tableName: string,
    key: AttributeMap,
    mark: { readonly attribute: string; readonly text: string },
    signal?: AbortSignal,
  ): Promise<boolean>;
  /** A strongly consistent read; in an eventually consistent global table that is the local Region's truth (FACTS D.8). */
  get(tableName: string, key: AttributeMap, signal?: AbortSignal): Promise<AttributeMap | undefined>;
  /** One page of one segment, read with eventual consistency: half the units of a strong read. */
  scan(
    tableName: string,
    input: {
      readonly segment: number;
      readonly segments: number;
      readonly after?: AttributeMap | undefined;
      readonly limit?: number | undefined;
    },
    signal?: AbortSignal,
  ): Promise<ScanPage>;
}

/** The gateway over the SDK's client. */
export function sdkItemsGateway(client: DynamoDBClient, context: ServiceContext): ItemsGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  const unlessRefused = async (send: () => Promise<unknown>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      if (isAwsError(error) && error.code === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };
  return {
    region: context.region,
    putNew(tableName, item, keyName, signal) {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: toSdkItem(item),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': keyName },
      });
      return unlessRefused(() => call(context, 'PutItem', tableName, () => client.send(command, options(signal))));
    },
    deleteMarked(tableName, key, mark, signal) {
      const command = new DeleteItemCommand({
        TableName: tableName,
        Key: toSdkItem(key),
        ConditionExpression: '#mark = :mark',
        ExpressionAttributeNames: { '#mark': mark.attribute },
        ExpressionAttributeValues: { ':mark': { S: mark.text } },
      });
      return unlessRefused(() => call(context, 'DeleteItem', tableName, () => client.send(command, options(signal))));
    },
    async get(tableName, key, signal) {
      const command = new GetItemCommand({ TableName: tableName, Key: toSdkItem(key), ConsistentRead: true });
      const output = await call(context, 'GetItem', tableName, () => client.send(command, options(signal)));
      return output.Item === undefined ? undefined : toItem(output.Item);
    },
    async scan(tableName, { segment, segments, after, limit }, signal) {
      const command = new ScanCommand({
        TableName: tableName,
        Segment: segment,
        TotalSegments: segments,
        ReturnConsumedCapacity: 'TOTAL',
        ...(after === undefined ? {} : { ExclusiveStartKey: toSdkItem(after) }),
        ...(limit === undefined ? {} : { Limit: limit }),
      });
      const output = await call(context, 'Scan', tableName, () => client.send(command, options(signal)));
      return {
        items: (output.Items ?? []).map(toItem),
        lastKey: output.LastEvaluatedKey === undefined ? undefined : toItem(output.LastEvaluatedKey),
        consumedUnits: output.ConsumedCapacity?.CapacityUnits ?? 0,
      };
    },
  };
}

type SdkItem = Record<string, SdkValue>;

function toSdkItem(item: AttributeMap): SdkItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toSdk(value)]));
}

/** The SDK holds binary as bytes, we as base64; all else is alike. */
function toSdk(value: AttributeValue): SdkValue {
  if ('S' in value) return { S: value.S };
  if ('N' in value) return { N: value.N };
  if ('B' in value) return { B: Buffer.from(value.B, 'base64') };
  if ('BOOL' in value) return { BOOL: value.BOOL };
  if ('NULL' in value) return { NULL: true };
  if ('SS' in value) return { SS: [...value.SS] };
  if ('NS' in value) return { NS: [...value.NS] };
  if ('BS' in value) return { BS: value.BS.map(bytes => Buffer.from(bytes, 'base64')) };
  return 'L' in value ? { L: value.L.map(toSdk) } : { M: toSdkItem(value.M) };
}

function toItem(item: SdkItem): AttributeMap {
  const made: Record<string, AttributeValue> = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) made[name] = fromSdk(value);
  }
  return made;
}

function fromSdk(value: SdkValue): AttributeValue {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.M !== undefined) return { M: toItem(value.M) };
  if (value.L !== undefined) return { L: value.L.map(fromSdk) };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  if (value.B !== undefined) return { B: toBase64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(toBase64) };
  return { NULL: true };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
