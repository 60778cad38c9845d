import { isMembers, type Members } from '../members.js';

/**
 * How objects of one kind, of which plain data is only a part, are saved and made again.
 * Data that they share with others is not kept shared: it must not change.
 */
export interface Kind<Instance extends object> {
  readonly name: string;
  is(value: object): value is Instance;
  /** JSON. */
  save(instance: Instance): unknown;
  load(saved: unknown): Instance;
}

/** Writes and reads graphs of plain data: objects, lists, maps, sets and bytes, shared or in circles. */
export interface Graph {
  /** @throws TypeError that names the path of what is no data, such as a function */
  toJson(root: unknown): unknown;
  fromJson(json: unknown): unknown;
}

/** The member that marks what is not plain JSON. */
const MARK = '$';

/** Makes a graph that knows some kinds of objects besides plain data. */
export function createGraph(kinds: readonly Kind<object>[]): Graph {
  return {
    toJson: root => {
      const shared = sharedObjects(root, kinds);
      return write(root, '', { kinds, shared, ids: new Map() });
    },
    fromJson: json => read(json, { kinds, known: new Map() }),
  };
}

/** The objects that are met more than once. */
function sharedObjects(root: unknown, kinds: readonly Kind<object>[]): ReadonlySet<object> {
  const met = new Set<object>();
  const shared = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (met.has(value)) {
      shared.add(value);
      return;
    }
    met.add(value);
    if (Buffer.isBuffer(value) || kinds.some(kind => kind.is(value))) return;
    if (value instanceof Map) {
      for (const [key, each] of value) {
        visit(key);
        visit(each);
      }
    } else if (value instanceof Set || Array.isArray(value)) for (const each of value) visit(each);
    else for (const each of Object.values(value)) visit(each);
  };
  visit(root);
  return shared;
}

interface Writing {
  readonly kinds: readonly Kind<object>[];
  readonly shared: ReadonlySet<object>;
  readonly ids: Map<object, number>;
}

function write(value: unknown, path: string, writing: Writing): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : { [MARK]: 'number', is: String(value) };
    case 'undefined':
      return { [MARK]: 'undefined' };
    case 'object':
      return value === null ? null : writeShared(value, path, writing);
    default:
      throw new TypeError(`${path} is a ${typeof value}, and cannot be saved`);
  }
}

function writeShared(value: object, path: string, writing: Writing): unknown {
  if (!writing.shared.has(value)) return writeObject(value, path, writing);
  const known = writing.ids.get(value);
  if (known !== undefined) return { [MARK]: 'same', id: known };
  const id = writing.ids.size + 1;
  writing.ids.set(value, id);
  return { [MARK]: 'shared', id, is: writeObject(value, path, writing) };
}

function writeObject(value: object, path: string, writing: Writing): unknown {
  if (Array.isArray(value)) return value.map((each, at) => write(each, `${path}[${at}]`, writing));
  if (Buffer.isBuffer(value)) return { [MARK]: 'bytes', is: value.toString('base64') };
  if (value instanceof Map) {
    const entries = [...value].map(([key, each]) => [
      write(key, `${path} key`, writing),
      write(each, `${path}.${typeof key === 'string' ? key : 'member'}`, writing),
    ]);
    return { [MARK]: 'map', is: entries };
  }
  if (value instanceof Set) {
    return { [MARK]: 'set', is: [...value].map(each => write(each, `${path} member`, writing)) };
  }
  const kind = writing.kinds.find(each => each.is(value));
  if (kind !== undefined) return { [MARK]: kind.name, is: kind.save(value) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${path} is of class ${value.constructor.name}, and cannot be saved`);
  }
  const members = Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [name, write(each, `${path}.${name}`, writing)]),
  );
  if (prototype === null) return { [MARK]: 'bare', is: members };
  return Object.hasOwn(members, MARK) ? { [MARK]: 'object', is: members } : members;
}

interface Reading {
  readonly kinds: readonly Kind<object>[];
  readonly known: Map<number, unknown>;
}

/** Reads a value; `announce` is told of an object before its members are read, for these may lead back to it. */
function read(json: unknown, reading: Reading, announce: (made: object) => void = () => {}): unknown {
  if (Array.isArray(json)) {
    const list: unknown[] = [];
    announce(list);
    for (const each of json) list.push(read(each, reading));
    return list;
  }
  if (!isMembers(json)) return json;
  return Object.hasOwn(json, MARK) ? readMarked(json, reading, announce) : readMembers(json, {}, reading, announce);
}

function readMembers(
  json: Members,
  into: Record<string, unknown>,
  reading: Reading,
  announce: (made: object) => void,
): object {
  announce(into);
  for (const [name, each] of Object.entries(json)) {
    // A member named __proto__ must become one like any other.
    Object.defineProperty(into, name, {
      value: read(each, reading),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return into;
}

function readMarked(json: Members, reading: Reading, announce: (made: object) => void): unknown {
  const { is } = json;
  switch (json[MARK]) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(is);
    case 'bytes':
      return Buffer.from(String(is), 'base64');
    case 'object':
      return readMembers(isMembers(is) ? is : {}, {}, reading, announce);
    case 'bare':
      return readMembers(isMembers(is) ? is : {}, bareObject(), reading, announce);
    case 'map': {
      const map = new Map<unknown, unknown>();
      announce(map);
      for (const [key, each] of pairsOf(is)) map.set(read(key, reading), read(each, reading));
      return map;
    }
    case 'set': {
      const set = new Set<unknown>();
      announce(set);
      for (const each of listOf(is)) set.add(read(each, reading));
      return set;
    }
    case 'shared': {
      const id = Number(json['id']);
      const made = read(is, reading, object => reading.known.set(id, object));
      reading.known.set(id, made);
      return made;
    }
    case 'same':
      return reading.known.get(Number(json['id']));
    default: {
      const kind = reading.kinds.find(({ name }) => name === json[MARK]);
      if (kind === undefined) throw new TypeError(`There is no kind ${String(json[MARK])}`);
      return kind.load(is);
    }
  }
}

function bareObject(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

function pairsOf(json: unknown): readonly (readonly unknown[])[] {
  return listOf(json).map(listOf);
}
