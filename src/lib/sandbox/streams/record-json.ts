import type { AttributeMap } from '../../model/attribute-value.js';
import { itemSizeBytes } from '../dynamodb/item-size.js';

/** What a stream shows of a change. */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** The view types, in the order of the API's model. */
export const STREAM_VIEW_TYPES: readonly StreamViewType[] = [
  'NEW_IMAGE',
  'OLD_IMAGE',
  'NEW_AND_OLD_IMAGES',
  'KEYS_ONLY',
];

/** A change of one item, as a stream record tells it. */
export interface RecordedChange {
  readonly keys: AttributeMap;
  readonly oldItem: AttributeMap | undefined;
  readonly newItem: AttributeMap | undefined;
  /** Whether the TTL service deleted the item: FACTS A.3. */
  readonly byTtl: boolean;
}

/** What a record says beside its change. */
export interface RecordFrame {
  readonly eventId: string;
  readonly region: string;
  readonly sequenceNumber: string;
  readonly viewType: StreamViewType;
  readonly writtenAtMs: number;
}

/** The JSON text of a record in the wire form of GetRecords. */
export function recordJson(change: RecordedChange, frame: RecordFrame): string {
  const newImage = showsNew(frame.viewType) ? change.newItem : undefined;
  const oldImage = showsOld(frame.viewType) ? change.oldItem : undefined;
  return JSON.stringify({
    awsRegion: frame.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(frame.writtenAtMs / 1000),
      Keys: change.keys,
      NewImage: newImage,
      OldImage: oldImage,
      SequenceNumber: frame.sequenceNumber,
      SizeBytes: sizeOf(change.keys) + sizeOf(newImage) + sizeOf(oldImage),
      StreamViewType: frame.viewType,
    },
    eventID: frame.eventId,
    eventName: eventName(change),
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    userIdentity: change.byTtl ? { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } : undefined,
  });
}

function eventName({ oldItem, newItem }: RecordedChange): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (newItem === undefined) return 'REMOVE';
  return oldItem === undefined ? 'INSERT' : 'MODIFY';
}

function showsNew(viewType: StreamViewType): boolean {
  return viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
}

function showsOld(viewType: StreamViewType): boolean {
  return viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
}

function sizeOf(image: AttributeMap | undefined): number {
  return image === undefined ? 0 : itemSizeBytes(image);
}
