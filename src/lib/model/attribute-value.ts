/** An attribute value in the JSON form of the wire: numbers are decimal strings, binary is base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

/** Attributes by name: an item, a key, an image, or the content of a map. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;
