type JsonObject = Readonly<Record<string, unknown>>;

/** Worlds by number: every list in the record replaced by one of its members, in all ways; an empty list by nothing. */
const MOST_WORLDS = 100_000;

/**
 * Reads a pattern as the documentation does, slowly: a record with lists stands for all records that have one member
 * in place of each list; it passes when one of those does. `exists: false` looks at all of them.
 *
 * Branches of `$or` choose their members by themselves here and there alike only when they name other fields than
 * those beside them; the patterns that are generated do.
 */
export function passesPlainly(pattern: JsonObject, record: JsonObject): boolean {
  const worlds = worldsOf(record).slice(0, MOST_WORLDS);
  return worlds.some(world => holds(pattern, world, [], worlds));
}

function holds(pattern: unknown, value: unknown, path: readonly string[], worlds: readonly unknown[]): boolean {
  if (Array.isArray(pattern)) return pattern.some(condition => fits(condition, value, path, worlds));
  return Object.entries(pattern as JsonObject).every(([name, inner]) =>
    name === '$or'
      ? (inner as readonly unknown[]).some(branch => holds(branch, value, path, worlds))
      : holds(inner, memberOf(value, name), [...path, name], worlds),
  );
}

function fits(condition: unknown, value: unknown, path: readonly string[], worlds: readonly unknown[]): boolean {
  const [operator, wanted] = Object.entries(isObject(condition) ? condition : { equals: condition })[0] ?? [];
  if (operator === 'exists') {
    if (wanted === true) return isScalar(value);
    return worlds.every(world => !isScalar(path.reduce(memberOf, world)));
  }
  return isScalar(value) && judge(operator, wanted, value);
}

function judge(operator: string | undefined, wanted: unknown, value: unknown): boolean {
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'equals':
      return JSON.stringify(value) === JSON.stringify(wanted);
    case 'prefix':
      return text?.slice(0, String(wanted).length) === wanted;
    case 'suffix':
      return (
        text !== undefined && text.length >= String(wanted).length && new RegExp(`${escaped(wanted)}$`, 's').test(text)
      );
    case 'equals-ignore-case':
      return text?.toLowerCase() === String(wanted).toLowerCase();
    case 'wildcard':
      return text !== undefined && asExpression(String(wanted)).test(text);
    case 'numeric': {
      const parts = wanted as readonly (string | number)[];
      return (
        typeof value === 'number' && [0, 2].every(i => parts[i] === undefined || compare(value, parts[i], parts[i + 1]))
      );
    }
    case 'anything-but': {
      if (!isObject(wanted)) return ![wanted].flat().some(one => judge('equals', one, value));
      return Object.entries(wanted).every(([inner, ones]) => ![ones].flat().some(one => judge(inner, one, value)));
    }
    default:
      throw new Error(`no operator ${operator}`);
  }
}

function compare(value: number, operator: unknown, bound: unknown): boolean {
  const difference = value - Number(bound);
  const signs: Readonly<Record<string, readonly number[]>> = {
    '=': [0],
    '<': [-1],
    '>': [1],
    '<=': [-1, 0],
    '>=': [1, 0],
  };
  return signs[String(operator)]?.includes(Math.sign(difference) + 0) ?? false;
}

/** The sample wildcards have no escape but `\*`. */
function asExpression(wildcard: string): RegExp {
  const parts = wildcard.split(/(?<!\\)\*/).map(part => escaped(part.replace('\\*', '*')));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function escaped(text: unknown): string {
  return String(text).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** All records without lists that a value stands for. */
function worldsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value.flatMap(worldsOf);
  if (!isObject(value)) return [value];
  let worlds: JsonObject[] = [{}];
  for (const [name, member] of Object.entries(value)) {
    const choices = worldsOf(member);
    worlds = worlds.flatMap(world => choices.map(choice => ({ ...world, [name]: choice })));
  }
  return worlds;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
