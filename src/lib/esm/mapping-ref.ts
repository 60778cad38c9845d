import { looksLikeRegion, parseTableRef, type TableRef } from '../aws/arn.js';
import { usageError } from '../model/error.js';

/** What a `<mapping>` argument can say: one mapping by its id, or the one between a table and a function. */
export type MappingRef =
  | { readonly kind: 'uuid'; readonly uuid: string; readonly region?: string }
  | { readonly kind: 'pair'; readonly table: TableRef; readonly functionName: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-z]{4}){3}-[0-9a-f]{12}$/i;
const MAPPING_ARN = /^arn:[a-z0-9-]+:lambda:([a-z0-9-]+):\d{12}:event-source-mapping:(.+)$/;
/** The ARN of a table or a stream has colons of its own; the label of a stream ends with milliseconds. */
const PAIR = /^(arn:[a-z0-9-]+:dynamodb:[^:]*:\d{12}:table\/[^/:]+(?:\/stream\/[^:]+:\d\d:[\d.]+)?|[^:]+):(.+)$/;
const FUNCTION = /^(?:arn:[a-z0-9-]+:lambda:[^:]*:\d{12}:function:)?[a-zA-Z0-9_-]{1,140}(?::[a-zA-Z0-9$_-]+)?$/;

/**
 * Reads a UUID, the ARN of a mapping, or `table:function`; both names may be ARNs, and the function may have an alias.
 * @throws DdbxError `usage` when the text is none of them
 */
export function parseMappingRef(text: string): MappingRef {
  if (UUID.test(text)) return { kind: 'uuid', uuid: text.toLowerCase() };
  const [, region = '', uuid] = MAPPING_ARN.exec(text) ?? [];
  if (uuid !== undefined) return { kind: 'uuid', uuid, ...(looksLikeRegion(region) ? { region } : {}) };
  const [, table, functionName] = PAIR.exec(text) ?? [];
  if (table !== undefined && functionName !== undefined) {
    return { kind: 'pair', table: parseTableRef(table), functionName: parseFunctionRef(functionName) };
  }
  throw usageError(
    `"${text}" names no event source mapping.`,
    'Write table:function (Orders:orders-indexer), the UUID of the mapping, or its ARN; ddbx esm list shows them.',
  );
}

/** Reads the name of a function, with or without an alias, or its ARN. @throws DdbxError `usage` */
export function parseFunctionRef(text: string): string {
  if (FUNCTION.test(text)) return text;
  throw usageError(
    `"${text}" is not the name of a Lambda function.`,
    'Write its name (orders-indexer), its name and an alias (orders-indexer:live), or its ARN.',
  );
}

/** Whether a mapping's function, `name` or `name:alias`, is what was typed; without an alias any of them is. */
export function isFunction(functionName: string, typed: string): boolean {
  const wanted = typed.replace(/^arn:.*:function:/, '');
  return functionName === wanted || functionName.split(':')[0] === wanted;
}

/** A mapping's argument as it was meant, for sentences and command lines. */
export function spelledMapping(ref: MappingRef): string {
  return ref.kind === 'uuid' ? ref.uuid : `${ref.table.streamArn ?? ref.table.tableName}:${ref.functionName}`;
}
