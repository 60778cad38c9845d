import { usageError } from '../../lib/model/error.js';

/** Reads `attribute=value`; the value may hold further equals signs. @throws DdbxError `usage` */
export function parseKeyCondition(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at < 1)
    throw usageError(`"${text}" is no key condition.`, 'It is written attribute=value, e.g. --key pk=order#42');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
