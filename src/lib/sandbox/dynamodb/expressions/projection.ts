import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import { emptyAttributes } from '../attribute-value.js';
import { overlaps, parsePath, type Path, showPath } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { TokenReader } from './tokens.js';

/** Parses a ProjectionExpression. */
export function parseProjection(text: string, placeholders: Placeholders): readonly Path[] {
  const tokens = new TokenReader('ProjectionExpression', text);
  const paths = [parsePath(tokens, placeholders)];
  while (tokens.take(',')) {
    const path = parsePath(tokens, placeholders);
    const other = paths.find(each => overlaps(each, path));
    if (other !== undefined) {
      throw tokens.invalid(
        `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${showPath(other)}, path two: ${showPath(path)}`,
      );
    }
    paths.push(path);
  }
  tokens.expectEnd();
  return paths;
}

/** The part of an item that `paths` name; members of lists close ranks. */
export function project(item: AttributeMap, paths: readonly Path[] | undefined): AttributeMap {
  if (paths === undefined) return item;
  return projectMap(item, paths);
}

function projectMap(map: AttributeMap, paths: readonly (readonly (string | number)[])[]): AttributeMap {
  const projected = emptyAttributes();
  for (const name of new Set(paths.map(([step]) => step))) {
    const value = map[String(name)];
    if (typeof name !== 'string' || value === undefined) continue;
    const part = projectValue(value, restOf(paths, name));
    if (part !== undefined) projected[name] = part;
  }
  return projected;
}

function projectValue(
  value: AttributeValue,
  paths: readonly (readonly (string | number)[])[],
): AttributeValue | undefined {
  if (paths.some(path => path.length === 0)) return value;
  if ('M' in value) {
    const members = projectMap(value.M, paths);
    return Object.keys(members).length === 0 ? undefined : { M: members };
  }
  if (!('L' in value)) return undefined;
  const members = value.L.flatMap((member, at) => {
    const rest = restOf(paths, at);
    const part = rest.length === 0 ? undefined : projectValue(member, rest);
    return part === undefined ? [] : [part];
  });
  return members.length === 0 ? undefined : { L: members };
}

function restOf(paths: readonly (readonly (string | number)[])[], step: string | number) {
  return paths.filter(path => path[0] === step).map(path => path.slice(1));
}
