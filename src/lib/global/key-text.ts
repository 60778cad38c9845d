import { type AttributeMap, formatValue } from '../model/attribute-value.js';

/** A key for people, in one word for each part: `pk=order#1 sk=7`. */
export function keyText(key: AttributeMap): string {
  return Object.entries(key)
    .map(([name, value]) => `${name}=${'S' in value ? value.S : formatValue(value)}`)
    .join(' ');
}
