import type { AttributeMap } from '../../lib/model/attribute-value.js';
import { formatValue } from '../../lib/model/attribute-value.js';
import { formatInstant } from '../../lib/model/instant.js';
import { diffImages, type ImageChange } from '../../lib/streams/image-diff.js';
import type { StreamRef } from '../../lib/streams/read-events.js';
import type { StreamRecord } from '../../lib/streams/stream-record.js';
import type { Io } from '../../lib/terminal/io.js';
import { type NamedValue, type RecordChange, renderRecord } from '../../lib/terminal/record-blocks.js';

interface PainterOptions {
  readonly io: Io;
  readonly wide: boolean;
  readonly showsRegion: boolean;
  readonly showsTable: boolean;
}

/** Makes the function that draws one record as a block, line end included. */
export function makeRecordPainter(options: PainterOptions) {
  const { io, wide } = options;
  return (stream: StreamRef, shardId: string, record: StreamRecord): string => {
    const { Keys = {}, NewImage, OldImage } = record.parsed().dynamodb;
    const changes =
      record.eventName === 'MODIFY' && NewImage !== undefined && OldImage !== undefined
        ? diffImages(OldImage, NewImage).map(shownChange)
        : undefined;
    const block = renderRecord(
      {
        at: formatInstant(record.createdAtMs),
        region: options.showsRegion ? stream.region : undefined,
        table: options.showsTable ? stream.tableName : undefined,
        shardId,
        event: record.eventName,
        keys: namedValues(Keys),
        changes,
        newImage: withoutKeys(NewImage, Keys),
        oldImage: withoutKeys(OldImage, Keys),
        ttl: record.isTtlDelete,
        sequenceNumber: record.sequenceNumber,
        wide,
      },
      io,
    );
    return `${block}\n`;
  };
}

function namedValues(attributes: AttributeMap): readonly NamedValue[] {
  return Object.entries(attributes).map(([name, value]) => ({ name, value: formatValue(value) }));
}

function withoutKeys(image: AttributeMap | undefined, keys: AttributeMap): readonly NamedValue[] | undefined {
  return image === undefined ? undefined : namedValues(image).filter(({ name }) => !Object.hasOwn(keys, name));
}

function shownChange(change: ImageChange): RecordChange {
  const { path } = change;
  switch (change.kind) {
    case 'added':
      return { kind: 'added', path, new: formatValue(change.new) };
    case 'removed':
      return { kind: 'removed', path, old: formatValue(change.old) };
    case 'changed':
      return { kind: 'changed', path, old: formatValue(change.old), new: formatValue(change.new) };
    case 'set':
      return { kind: 'set', path, addedMembers: change.addedMembers, removedMembers: change.removedMembers };
  }
}
