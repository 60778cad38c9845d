import type { Members } from '../members.js';

/** The members under one dotted name, by the next part of it. */
interface Node {
  value: string | undefined;
  readonly parts: Map<string, Node>;
}

/** The parameters of the query protocol as the members that they stand for: lists, maps and structures by dotted names. */
export function queryMembers(parameters: URLSearchParams): Members {
  const root: Node = { value: undefined, parts: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split('.')) {
      const next = node.parts.get(part) ?? { value: undefined, parts: new Map() };
      node.parts.set(part, next);
      node = next;
    }
    node.value = value;
  }
  return structureOf(root);
}

function structureOf({ parts }: Node): Members {
  return Object.fromEntries([...parts].map(([name, node]) => [name, valueOf(node)]));
}

/** `X.member.1` is in a list, `X.entry.1.key` in a map, `X.Y` in a structure. */
function valueOf(node: Node): unknown {
  const { parts, value } = node;
  if (parts.size === 0) return value;
  const members = parts.get('member');
  if (members !== undefined) return numbered(members).map(valueOf);
  const entries = parts.get('entry');
  if (entries !== undefined) return Object.fromEntries(numbered(entries).map(entryOf));
  return structureOf(node);
}

function numbered({ parts }: Node): readonly Node[] {
  return [...parts].sort(([a], [b]) => Number(a) - Number(b)).map(([, node]) => node);
}

function entryOf({ parts }: Node): readonly [string, unknown] {
  const key = parts.get('key') ?? parts.get('Name');
  const value = parts.get('value') ?? parts.get('Value');
  return [key?.value ?? '', value === undefined ? undefined : valueOf(value)];
}
