import type { Io } from './io.js';
import { makePalettes, type Paint, type Palette } from './palette.js';
import { displayWidth, pad, safeText, truncate } from './text.js';

/** A named value, formatted already as DynamoDB means it (`12.50`, `{red, blue}`, `<16 bytes>`). */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** One difference between two images. */
export type RecordChange =
  | { readonly kind: 'added'; readonly path: string; readonly new: string }
  | { readonly kind: 'removed'; readonly path: string; readonly old: string }
  | {
      readonly kind: 'changed';
      readonly path: string;
      readonly old: string;
      readonly new: string;
      /** How far a number moved: `+3`. */
      readonly delta?: string | undefined;
    }
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly addedMembers: readonly string[];
      readonly removedMembers: readonly string[];
    };

/** The facts of one stream record, as far as a person is shown them. */
export interface RecordFacts {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Given only when several Regions are read. */
  readonly region?: string | undefined;
  /** Given only when several tables are read. */
  readonly table?: string | undefined;
  readonly shardId: string;
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: readonly NamedValue[];
  /** Undefined when the stream's view type has not both images. */
  readonly changes?: readonly RecordChange[] | undefined;
  /** Without the keys, which stand in the first line. */
  readonly newImage?: readonly NamedValue[] | undefined;
  readonly oldImage?: readonly NamedValue[] | undefined;
  /** The removal was done by Time to Live. */
  readonly ttl: boolean;
  readonly sequenceNumber: string;
  /** Everything, at full length: whole images, whole ids, the date. */
  readonly wide: boolean;
}

const GAP = '  ';
/** The body stands behind the time, so that times read as a column. */
const INDENT = ' '.repeat('09:14:07'.length + GAP.length);
const IMAGE_LINES = 3;
/** Paths are aligned up to this width; a longer one pushes its own value to the right. */
const PATH_COLUMN = 32;
const SHORTEST_VALUE = 8;

interface Pen {
  readonly paint: Palette;
  /** Columns of a line; infinite where nothing is to be cut. */
  readonly width: number;
  readonly ellipsis: string;
}

/** Draws the block of one record, without a line end at the last line. */
export function renderRecord(facts: RecordFacts, io: Io): string {
  const pen: Pen = {
    paint: makePalettes(io).stdout,
    width: io.stdoutIsTty && !facts.wide ? io.width : Number.POSITIVE_INFINITY,
    ellipsis: io.unicode ? '…' : '...',
  };
  const head = facts.wide ? wideHead(facts, pen) : shortHead(facts, pen);
  const body = bodyLines(facts, { ...pen, width: pen.width - INDENT.length });
  return [head, ...body.map(line => INDENT + line)].join('\n');
}

/** The part of a shard id that tells shards apart at a glance: what follows its last hyphen, at most 8 characters. */
export function shardTag(shardId: string): string {
  return safeText(shardId.slice(shardId.lastIndexOf('-') + 1).slice(-8));
}

function shortHead(facts: RecordFacts, pen: Pen): string {
  const { paint } = pen;
  const time = /T(\d\d:\d\d:\d\d)/.exec(facts.at)?.[1] ?? safeText(facts.at);
  const tag = shardTag(facts.shardId);
  const lead = [paint.dim(time), ...placeOf(facts), paint.shard(facts.shardId)(tag)].join(GAP) + GAP;
  const event = eventPaint(facts.event, paint)(facts.event) + GAP;
  const mark = facts.ttl ? `${GAP}${paint.warn('TTL')}` : '';
  const room = pen.width - displayWidth(lead) - displayWidth(event) - displayWidth(mark);
  return lead + event + keysWithin(facts.keys, room, pen) + mark;
}

function wideHead(facts: RecordFacts, pen: Pen): string {
  const { paint } = pen;
  const parts = [
    paint.dim(safeText(facts.at)),
    ...placeOf(facts),
    paint.shard(facts.shardId)(safeText(facts.shardId)),
    eventPaint(facts.event, paint)(facts.event),
    keysWithin(facts.keys, pen.width, pen),
    ...(facts.ttl ? [paint.warn('TTL')] : []),
    paint.dim(`seq ${safeText(facts.sequenceNumber)}`),
  ];
  return parts.join(GAP);
}

function placeOf(facts: RecordFacts): readonly string[] {
  return [facts.region, facts.table].filter(part => part !== undefined).map(safeText);
}

function eventPaint(event: RecordFacts['event'], paint: Palette): Paint {
  switch (event) {
    case 'INSERT':
      return paint.insert;
    case 'MODIFY':
      return paint.modify;
    case 'REMOVE':
      return paint.remove;
  }
}

function keysWithin(keys: readonly NamedValue[], room: number, pen: Pen): string {
  // Keys have at most two parts; when they do not fit, each may take its share of the room and what the other leaves.
  const named = keys.map(({ name, value }) => ({ name: `${safeText(name)}=`, value: safeText(value) }));
  const fixed = named.reduce((sum, { name }) => sum + displayWidth(name), 0) + Math.max(0, named.length - 1);
  const values = shareRoom(
    named.map(({ value }) => value),
    room - fixed,
    pen,
  );
  return named.map(({ name }, index) => pen.paint.dim(name) + pen.paint.bold(values[index] ?? '')).join(' ');
}

function bodyLines(facts: RecordFacts, pen: Pen): readonly string[] {
  switch (facts.event) {
    case 'INSERT':
      return imageLines(facts.newImage, facts.wide, pen);
    case 'MODIFY':
      return modifyLines(facts, pen);
    case 'REMOVE':
      return facts.wide ? imageLines(facts.oldImage, true, pen) : [];
  }
}

function modifyLines(facts: RecordFacts, pen: Pen): readonly string[] {
  const { changes, wide } = facts;
  // With one image only, nobody can say what changed: the image that there is stands for it.
  if (changes === undefined) return imageLines(facts.newImage ?? (wide ? facts.oldImage : undefined), wide, pen);
  const lines = changes.length === 0 ? [pen.paint.dim('no attribute changed')] : changeLines(changes, pen);
  if (!wide) return lines;
  return [...lines, ...titledImage('old image', facts.oldImage, pen), ...titledImage('new image', facts.newImage, pen)];
}

function titledImage(title: string, image: readonly NamedValue[] | undefined, pen: Pen): readonly string[] {
  if (image === undefined) return [];
  return [pen.paint.dim(title), ...imageLines(image, true, pen).map(line => GAP + line)];
}

function changeLines(changes: readonly RecordChange[], pen: Pen): readonly string[] {
  const paths = changes.map(change => truncate(safeText(change.path), pen.width - SHORTEST_VALUE, pen.ellipsis));
  const column = Math.min(PATH_COLUMN, Math.max(...paths.map(displayWidth)));
  return changes.map((change, index) => {
    const path = pad(paths[index] ?? '', column) + GAP;
    return pen.paint.key(path) + describeChange(change, { ...pen, width: pen.width - displayWidth(path) });
  });
}

function describeChange(change: RecordChange, pen: Pen): string {
  const { paint } = pen;
  switch (change.kind) {
    case 'added':
      return paint.insert(`+ ${fit(change.new, pen, 2)}`);
    case 'removed':
      return paint.remove(`- ${fit(change.old, pen, 2)}`);
    case 'changed': {
      const delta = change.delta === undefined ? '' : ` (${safeText(change.delta)})`;
      const room = pen.width - ' -> '.length - displayWidth(delta);
      const [before = '', after = ''] = shareRoom([safeText(change.old), safeText(change.new)], room, pen);
      return `${paint.dim(before)} -> ${paint.bold(after)}${paint.dim(delta)}`;
    }
    case 'set':
      return setChange(change.addedMembers, change.removedMembers, pen);
  }
}

function setChange(added: readonly string[], removed: readonly string[], pen: Pen): string {
  const parts = [
    ...(added.length === 0 ? [] : [{ sign: '+', members: added, paint: pen.paint.insert }]),
    ...(removed.length === 0 ? [] : [{ sign: '-', members: removed, paint: pen.paint.remove }]),
  ];
  const fixed = parts.length * '+{}'.length + Math.max(0, parts.length - 1);
  const members = shareRoom(
    parts.map(part => part.members.map(safeText).join(', ')),
    pen.width - fixed,
    pen,
  );
  return parts.map((part, index) => part.paint(`${part.sign}{${members[index] ?? ''}}`)).join(' ');
}

function imageLines(image: readonly NamedValue[] | undefined, wide: boolean, pen: Pen): readonly string[] {
  if (image === undefined || image.length === 0) return [];
  return wide ? listedImage(image, pen) : packedImage(image, pen);
}

function listedImage(image: readonly NamedValue[], { paint }: Pen): readonly string[] {
  const column = Math.min(PATH_COLUMN, Math.max(...image.map(({ name }) => displayWidth(safeText(name)))));
  return image.map(({ name, value }) => paint.key(pad(safeText(name), column)) + GAP + safeText(value));
}

/** As many `name=value` as three lines hold, then how many there are more. */
function packedImage(image: readonly NamedValue[], pen: Pen): readonly string[] {
  // Unbounded lines (a pipe) take the whole image in one: one record stays easy to find with grep.
  const longestValue = Math.max(SHORTEST_VALUE, Math.floor(pen.width / 2));
  const lines: { text: string; used: number }[] = [];
  for (const [index, { name, value }] of image.entries()) {
    const label = `${truncate(safeText(name), pen.width - SHORTEST_VALUE - 1, pen.ellipsis)}=`;
    const room = Math.min(longestValue, pen.width - displayWidth(label));
    const shown = truncate(safeText(value), Math.max(SHORTEST_VALUE, room), pen.ellipsis);
    const entry = { text: pen.paint.key(label) + shown, used: displayWidth(label) + displayWidth(shown) };
    const line = lines.at(-1);
    if (line !== undefined && line.used + 1 + entry.used <= pen.width) {
      line.text += ` ${entry.text}`;
      line.used += 1 + entry.used;
    } else if (lines.length < IMAGE_LINES) {
      lines.push(entry);
    } else {
      return [...lines.map(({ text }) => text), pen.paint.dim(`and ${image.length - index} more (--wide shows all)`)];
    }
  }
  return lines.map(({ text }) => text);
}

function fit(value: string, pen: Pen, taken: number): string {
  return truncate(safeText(value), Math.max(SHORTEST_VALUE, pen.width - taken), pen.ellipsis);
}

/** Cuts values to a common room: what fits in its even share stays whole, and leaves the rest of it to the others. */
function shareRoom(values: readonly string[], room: number, pen: Pen): readonly string[] {
  const shared = values.map(value => truncate(value, Math.max(SHORTEST_VALUE, room), pen.ellipsis));
  const order = shared.map((value, index) => ({ value, index, width: displayWidth(value) }));
  order.sort((a, b) => a.width - b.width);
  let left = room;
  for (const [position, { value, index, width }] of order.entries()) {
    const share = Math.max(SHORTEST_VALUE, Math.floor(left / (order.length - position)));
    shared[index] = truncate(value, share, pen.ellipsis);
    left -= Math.min(width, share);
  }
  return shared;
}
