import { nearNames } from '../model/near-names.js';
import { checkLeaf, outcomeWhenAbsent } from './check-condition.js';
import { allOf, anyOf, type Finding, type FindingId, type Outcome, type Severity } from './finding.js';
import { compileLeafTest } from './match-value.js';
import { isOperator } from './parse-condition.js';
import type { Pattern, PatternClause, PatternField, PatternLeaf, PatternObject } from './pattern.js';
import type { PatternPath } from './pattern-fault.js';
import { EVENT_NAMES, RECORD_SHAPE, type Shape, TYPE_SHAPES } from './record-shape.js';

/** What the table's stream carries (FACTS A.4). */
export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What a valid pattern amounts to on the records of a DynamoDB stream. */
export interface Traps {
  readonly outcome: Outcome;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
}

/**
 * Looks for the ways in which a valid pattern does not do on DynamoDB records what it seems to say (FACTS B.6).
 *
 * @param viewType of the stream, when it is known: then images that it does not carry are told.
 */
export function findTraps({ root }: Pattern, viewType?: ViewType): Traps {
  const findings: Finding[] = [];
  const outcome = checkObject(root, RECORD_SHAPE, { path: [], events: EVENT_NAMES, isInOr: false, viewType, findings });
  // What only some records lack is not worth a word where none passes anyway.
  const worthTelling = outcome === 'never' ? findings.filter(({ severity }) => severity !== 'note') : findings;
  return { outcome, findings: worthTelling.toSorted((a, b) => a.at - b.at) };
}

interface Place {
  readonly path: PatternPath;
  /** The events whose records have passed what stands beside this. */
  readonly events: readonly string[];
  readonly isInOr: boolean;
  readonly viewType: ViewType | undefined;
  readonly findings: Finding[];
}

function checkObject({ clauses }: PatternObject, shape: Shape, outer: Place): Outcome {
  const place =
    outer.path.length === 0 || outer.isInOr ? { ...outer, events: eventsAmong(clauses, outer.events) } : outer;
  warnOfPathsTwice(clauses, place);
  return allOf(
    clauses.map(clause => {
      if (clause.kind === 'field') return checkField(clause, shape, place);
      const branches = clause.branches.map((branch, i) =>
        checkObject(branch, shape, { ...place, path: [...place.path, '$or', i], isInOr: true }),
      );
      return anyOf(branches);
    }),
  );
}

function checkField(field: PatternField, shape: Shape, outer: Place): Outcome {
  const place = { ...outer, path: [...outer.path, field.name] };
  if (outer.isInOr && isOperator(field.name)) {
    const message = `EventBridge keeps the name ${JSON.stringify(field.name)} to itself within "$or"`;
    tell(place, 'warning', 'reserved-name', field.at, message, 'Lambda may refuse it.');
  }
  const inner = memberOf(shape, field.name);
  if (inner === undefined) return unknownMember(field, shape, place);
  const missing = missingImage(field, place);
  if (missing !== undefined) return missing;
  const { value } = field;
  if (value.kind === 'object') {
    return inner.kind === 'value' ? membersOfValue(field, value, place) : checkObject(value, inner, place);
  }
  if (inner.kind !== 'value') return leafOnObject(value, inner, place);
  return checkLeaf(value, inner, (id, at, message, hint) => tell(place, 'warning', id, at, message, hint));
}

/** What stands under a name, when such a name can be there. */
function memberOf(shape: Shape, name: string): Shape | undefined {
  switch (shape.kind) {
    case 'members':
      return Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    case 'attributes':
      return { kind: 'attribute' };
    case 'attribute':
      return Object.hasOwn(TYPE_SHAPES, name) ? TYPE_SHAPES[name] : undefined;
    case 'value':
      return undefined;
  }
}

/** Names that belong to the records of other sources, or around a record. */
const WRAPPERS: Readonly<Record<string, string>> = {
  body: 'an SQS message has a body',
  data: 'a Kinesis record has data',
  value: 'a Kafka record has a value',
  detail: 'an EventBridge event has a detail',
  Records: 'a filter is matched with each record, not with the event around them',
};

function unknownMember(field: PatternField, shape: Shape, place: Place): Outcome {
  const { name, at } = field;
  if (shape.kind === 'attribute') {
    const message = `${JSON.stringify(name)} is no type of an attribute, so nothing stands here`;
    tell(place, 'warning', 'type-descriptor', at, message, withTypeHint(place.path));
    return absent(field);
  }
  const names = shape.kind === 'members' ? Object.keys(shape.members) : [];
  const wrapper = place.path.length === 1 && Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper !== undefined) {
    const message = `${wrapper}, and a record of DynamoDB has no ${JSON.stringify(name)}`;
    tell(place, 'warning', 'wrapper', at, message, 'Begin with "dynamodb", "eventName" or "userIdentity".');
    return absent(field);
  }
  const message = `a record has no ${JSON.stringify(name)} here`;
  tell(place, 'warning', 'unknown-member', at, message, memberHint(name, names, place.path.length));
  return absent(field);
}

function memberHint(name: string, names: readonly string[], depth: number): string {
  if (depth === 1 && /^dynamodb\./.test(name))
    return 'Each part of a path is an object of its own: {"dynamodb": {...}}.';
  if (depth === 1 && ['Keys', 'NewImage', 'OldImage'].includes(name))
    return `It stands in "dynamodb": {"${name}": ...}.`;
  const near = names.find(each => each.toLowerCase() === name.toLowerCase()) ?? nearNames(name, names)[0];
  return near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${JSON.stringify(near)}?`;
}

/** `{"status": ["PAID"]}` in an image, or `exists` on anything that has members. */
function leafOnObject(leaf: PatternLeaf, shape: Shape, place: Place): Outcome {
  const outcome = outcomeWhenAbsent(leaf);
  const passes = outcome === 'always' ? 'every record passes' : 'no record passes';
  const isExists = leaf.conditions.every(({ condition }) => condition.kind === 'exists');
  if (isExists) {
    const message = `"exists" sees values without members only, and this has members: ${passes}`;
    const hint = shape.kind === 'attribute' ? withTypeHint(place.path) : 'Ask for a value within it.';
    tell(place, 'warning', 'exists-not-leaf', leaf.at, message, hint);
    return outcome;
  }
  if (shape.kind === 'attribute') {
    tell(place, 'warning', 'type-descriptor', leaf.at, `the type is missing: ${passes}`, withTypeHint(place.path));
    return outcome;
  }
  tell(place, 'warning', 'wrong-kind', leaf.at, `an object stands here, not a value: ${passes}`);
  return outcome;
}

function membersOfValue(field: PatternField, { clauses }: PatternObject, place: Place): Outcome {
  const inner = clauses.find(clause => clause.kind === 'field');
  const hint =
    inner !== undefined && isOperator(inner.name)
      ? `An operator stands in a list: "${field.name}": [{"${inner.name}": ...}].`
      : undefined;
  tell(place, 'warning', 'unknown-member', field.at, 'a value without members stands here, not an object', hint);
  return absent(field);
}

/** An image that the view type leaves out, or that the records of the events at hand do not have. */
function missingImage(field: PatternField, place: Place): Outcome | undefined {
  const { path, events, viewType } = place;
  const image = field.name;
  const stands = path.filter(segment => segment !== '$or' && typeof segment === 'string');
  if (stands.length !== 2 || stands[0] !== 'dynamodb' || (image !== 'NewImage' && image !== 'OldImage'))
    return undefined;
  const whenAbsent = absent(field);
  const carried = viewType === undefined || viewType === 'NEW_AND_OLD_IMAGES' || viewType === imageView(image);
  if (!carried) {
    const message = `a stream of ${viewType} does not carry ${image}`;
    tell(place, 'warning', 'view-type', field.at, message, 'ddbx streams set-view changes what it carries.');
    return whenAbsent;
  }
  if (whenAbsent !== 'never') return undefined;
  const without = image === 'NewImage' ? 'REMOVE' : 'INSERT';
  if (!events.includes(without)) return undefined;
  if (events.length === 1) {
    const other = image === 'NewImage' ? 'OldImage' : 'NewImage';
    tell(place, 'warning', 'missing-image', field.at, `${without} records have no ${image}`, `They have ${other}.`);
    return 'never';
  }
  tell(place, 'note', 'missing-image', field.at, `${without} records have no ${image}, so none of them passes`);
  return undefined;
}

function imageView(image: 'NewImage' | 'OldImage'): ViewType {
  return image === 'NewImage' ? 'NEW_IMAGE' : 'OLD_IMAGE';
}

/** Of `events`, those whose name passes what is said of `eventName` here. */
function eventsAmong(clauses: readonly PatternClause[], events: readonly string[]): readonly string[] {
  const leaves = clauses.flatMap(clause =>
    clause.kind === 'field' && clause.name === 'eventName' && clause.value.kind === 'leaf' ? [clause.value] : [],
  );
  return leaves.reduce((left, { conditions }) => left.filter(compileLeafTest(conditions)), events);
}

/** A path beside `$or` and in it: EventBridge keeps one of the two, or refuses. */
function warnOfPathsTwice(clauses: readonly PatternClause[], place: Place): void {
  const beside = new Set(clauses.filter(clause => clause.kind === 'field').flatMap(clause => leafPaths([clause])));
  for (const clause of clauses) {
    if (clause.kind !== 'or') continue;
    for (const [i, branch] of clause.branches.entries()) {
      const twice = leafPaths(branch.clauses).find(path => beside.has(path));
      if (twice === undefined) continue;
      const message = `the path ${twice} stands beside "$or" too`;
      const hint = 'Here both must hold; EventBridge keeps one of them, and Lambda may refuse it.';
      tell({ ...place, path: [...place.path, '$or', i] }, 'warning', 'path-twice', branch.at, message, hint);
    }
  }
}

function leafPaths(clauses: readonly PatternClause[]): readonly string[] {
  return clauses.flatMap(clause => {
    if (clause.kind === 'or') return clause.branches.flatMap(branch => leafPaths(branch.clauses));
    if (clause.value.kind === 'leaf') return [clause.name];
    return leafPaths(clause.value.clauses).map(path => `${clause.name}.${path}`);
  });
}

/** What a field amounts to when the record has nothing there. */
function absent({ value }: PatternField): Outcome {
  return value.kind === 'leaf' ? outcomeWhenAbsent(value) : allAbsent(value.clauses);
}

function allAbsent(clauses: readonly PatternClause[]): Outcome {
  return allOf(
    clauses.map(clause =>
      clause.kind === 'or' ? anyOf(clause.branches.map(branch => allAbsent(branch.clauses))) : absent(clause),
    ),
  );
}

function withTypeHint(path: PatternPath): string {
  const name = path.at(-1);
  return `Name the type, as in "${typeof name === 'string' ? name : 'status'}": {"S": [...]}; within a map, {"M": {...}}.`;
}

function tell(
  { path, findings }: Place,
  severity: Severity,
  id: FindingId,
  at: number,
  message: string,
  hint?: string,
): void {
  findings.push({ id, severity, path, at, message, hint });
}
