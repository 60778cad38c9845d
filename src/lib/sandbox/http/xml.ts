/** What XML answers are made of: a list becomes its members, a map its entries, an object its elements. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | ReadonlyMap<string, XmlValue>
  | { readonly [name: string]: XmlValue };

/**
 * One element with all that is in it; nothing for `undefined`. The query protocol wraps each of a list in `<member>`
 * (`listStyle` 'wrapped'), S3 repeats the element ('flat').
 */
export function xmlElement(name: string, value: XmlValue, listStyle: 'wrapped' | 'flat' = 'wrapped'): string {
  if (value === undefined) return '';
  if (isList(value)) {
    if (listStyle === 'flat') return value.map(each => xmlElement(name, each, listStyle)).join('');
    return `<${name}>${value.map(each => xmlElement('member', each, listStyle)).join('')}</${name}>`;
  }
  if (isMap(value)) {
    const entries = [...value].map(
      ([key, each]) => `<entry>${xmlElement('key', key)}${xmlElement('value', each)}</entry>`,
    );
    return `<${name}>${entries.join('')}</${name}>`;
  }
  if (isStructure(value)) {
    const elements = Object.entries(value).map(([member, each]) => xmlElement(member, each, listStyle));
    return `<${name}>${elements.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function isMap(value: XmlValue): value is ReadonlyMap<string, XmlValue> {
  return value instanceof Map;
}

function isStructure(value: XmlValue): value is { readonly [name: string]: XmlValue } {
  return typeof value === 'object' && !isList(value) && !isMap(value);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#xD;'],
]);

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, character => ESCAPES.get(character) ?? character);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The texts of all elements of this name that hold text alone, in the order in which they stand. */
export function xmlTexts(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`, 'g'))].map(match =>
    unescapeXml(match[1] ?? ''),
  );
}

function unescapeXml(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return ENTITIES.get(entity) ?? whole;
  });
}
