import type { JsonScalar } from './json-tree.js';

/** What stands in a part of a stream record, as Lambda delivers it (FACTS B.7). */
export type Shape = MembersShape | AttributesShape | AttributeShape | ValueShape;

/** An object with members that are known. */
interface MembersShape {
  readonly kind: 'members';
  readonly members: Readonly<Record<string, Shape>>;
}

/** A key, an image or a map: attributes by name. */
interface AttributesShape {
  readonly kind: 'attributes';
}

/** The value of an attribute: its type, and under it the content. */
interface AttributeShape {
  readonly kind: 'attribute';
}

/** A value without members, or a list of such. */
export interface ValueShape {
  readonly kind: 'value';
  readonly holds: 'text' | 'number-text' | 'number' | 'boolean';
  /** The only values that it can have, where they are known. */
  readonly values?: readonly JsonScalar[];
  /** In every record, so that `exists` says nothing. */
  readonly isAlways?: boolean;
}

const text: ValueShape = { kind: 'value', holds: 'text' };
const attributes: AttributesShape = { kind: 'attributes' };

/** The three names of events. */
export const EVENT_NAMES: readonly string[] = ['INSERT', 'MODIFY', 'REMOVE'];

/** A record of a DynamoDB stream in a Lambda event. */
export const RECORD_SHAPE: MembersShape = {
  kind: 'members',
  members: {
    eventID: text,
    eventName: { ...text, values: EVENT_NAMES, isAlways: true },
    eventVersion: text,
    eventSource: { ...text, values: ['aws:dynamodb'], isAlways: true },
    awsRegion: text,
    eventSourceARN: text,
    userIdentity: {
      kind: 'members',
      members: {
        type: { ...text, values: ['Service'] },
        principalId: { ...text, values: ['dynamodb.amazonaws.com'] },
      },
    },
    dynamodb: {
      kind: 'members',
      members: {
        ApproximateCreationDateTime: { kind: 'value', holds: 'number', isAlways: true },
        Keys: attributes,
        NewImage: attributes,
        OldImage: attributes,
        SequenceNumber: text,
        SizeBytes: { kind: 'value', holds: 'number' },
        StreamViewType: { ...text, values: ['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY'] },
      },
    },
  },
};

/** What stands under each type of an attribute; a list stands for each of its members. */
export const TYPE_SHAPES: Readonly<Record<string, Shape>> = {
  S: text,
  N: { kind: 'value', holds: 'number-text' },
  B: text,
  BOOL: { kind: 'value', holds: 'boolean' },
  NULL: { kind: 'value', holds: 'boolean', values: [true] },
  SS: text,
  NS: { kind: 'value', holds: 'number-text' },
  BS: text,
  L: { kind: 'attribute' },
  M: attributes,
};
