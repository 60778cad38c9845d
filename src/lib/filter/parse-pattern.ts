import type { JsonListNode, JsonMember, JsonNode, JsonObjectNode } from './json-tree.js';
import { JsonSyntaxError, parseJsonTree } from './json-tree.js';
import { parseCondition } from './parse-condition.js';
import type {
  LeafCondition,
  Pattern,
  PatternClause,
  PatternField,
  PatternLeaf,
  PatternObject,
  PatternOr,
} from './pattern.js';
import { PatternError, type PatternFault, type PatternPath } from './pattern-fault.js';

/** Longest pattern that Lambda takes, in characters (FACTS B.1). */
const MOST_PATTERN_LENGTH = 4096;

/** A pattern that is valid, or all that keeps it from being so. */
export type ReadPattern =
  | { readonly pattern: Pattern; readonly faults: readonly [] }
  | { readonly pattern: undefined; readonly faults: readonly PatternFault[] };

/**
 * Reads one filter pattern as Lambda judges it: strict JSON, names once each, values in lists, known operators with
 * fitting arguments, at most 4,096 characters.
 *
 * @param subject what the error's message begins with: `The filter`, `Filter 2`.
 * @throws PatternError (usage), with the path, place and reason of all that is wrong.
 */
export function parsePattern(text: string, subject = 'The filter pattern'): Pattern {
  const { pattern, faults } = readPattern(text);
  if (pattern === undefined) throw new PatternError(subject, text, faults);
  return pattern;
}

/** As `parsePattern`, with the faults as a value. */
export function readPattern(text: string): ReadPattern {
  const faults: PatternFault[] = [];
  if (text.length > MOST_PATTERN_LENGTH) {
    const message = `it has ${text.length} characters, and Lambda takes ${MOST_PATTERN_LENGTH}`;
    faults.push({ path: [], at: MOST_PATTERN_LENGTH, message, hint: 'Spaces count: write it on one line, without.' });
  }
  const root = readRoot(text, faults);
  if (root === undefined || faults.length > 0) return { pattern: undefined, faults };
  return { pattern: { text, root }, faults: [] };
}

function readRoot(text: string, faults: PatternFault[]): PatternObject | undefined {
  const complain: ComplainAt = (path, at, message, hint) => faults.push({ path, at, message, hint });
  let tree: JsonNode;
  try {
    tree = parseJsonTree(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const hint = text.includes("'") ? 'JSON has double quotes only.' : undefined;
    complain([], error.at, `it is not JSON: ${error.message}`, hint);
    return undefined;
  }
  if (tree.kind === 'object') return readObject(tree, [], complain);
  complain([], tree.at, 'it is not an object', 'A filter looks like {"eventName": ["INSERT"]}.');
  return undefined;
}

type ComplainAt = (path: PatternPath, at: number, message: string, hint?: string) => void;

function readObject(node: JsonObjectNode, path: PatternPath, complain: ComplainAt): PatternObject {
  if (node.members.length === 0) complain(path, node.at, 'an empty object is not allowed');
  const seen = new Set<string>();
  const clauses: PatternClause[] = [];
  for (const member of node.members) {
    const own = [...path, member.name];
    if (seen.has(member.name)) {
      const hint = 'Put what stands under both into one object or one list.';
      complain(own, member.at, 'the name stands twice in one object, and JSON keeps one of them only', hint);
    }
    seen.add(member.name);
    const clause = member.name === '$or' ? readOr(member, own, complain) : readField(member, own, complain);
    if (clause !== undefined) clauses.push(clause);
  }
  return { kind: 'object', at: node.at, clauses };
}

function readOr({ at, value }: JsonMember, path: PatternPath, complain: ComplainAt): PatternOr | undefined {
  const items = value.kind === 'list' ? value.items : [];
  const branches = items.flatMap((item, i) =>
    item.kind === 'object' ? [readObject(item, [...path, i], complain)] : [],
  );
  if (items.length >= 2 && branches.length === items.length) return { kind: 'or', at, branches };
  const hint = 'Alternatives for one field stand in its own list: ["A", "B"].';
  complain(path, at, '"$or" takes a list of at least two objects', hint);
  return undefined;
}

function readField({ name, at, value }: JsonMember, path: PatternPath, complain: ComplainAt): PatternField | undefined {
  switch (value.kind) {
    case 'object':
      return { kind: 'field', name, at, value: readObject(value, path, complain) };
    case 'list':
      return { kind: 'field', name, at, value: readLeaf(value, path, complain) };
    case 'scalar': {
      const hint = `Write ${JSON.stringify(name)}: [${JSON.stringify(value.value)}].`;
      complain(path, value.at, 'a value must stand in a list', hint);
      return undefined;
    }
  }
}

function readLeaf(node: JsonListNode, path: PatternPath, complain: ComplainAt): PatternLeaf {
  if (node.items.length === 0) complain(path, node.at, 'an empty list is not allowed');
  const conditions = node.items.flatMap((item): readonly LeafCondition[] => {
    const condition = parseCondition(item, ({ at }, message, hint) => complain(path, at, message, hint));
    return condition === undefined ? [] : [{ at: item.at, condition }];
  });
  return { kind: 'leaf', at: node.at, conditions };
}
