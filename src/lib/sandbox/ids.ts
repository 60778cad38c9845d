/** Identifiers in the forms that AWS gives them, all drawn from one source of randomness. */
export interface Ids {
  /** `length` hexadecimal digits, lower case. */
  hex(length: number): string;
  /** A UUID of version 4. */
  uuid(): string;
  /** A whole number from 0 up to, and without, `limit`. */
  integer(limit: number): number;
  /** A request id; counted, not drawn, so that polling does not change what is drawn next. */
  requestId(): string;
}

/** Makes identifiers from `random`, which gives numbers from 0 up to, and without, 1. */
export function createIds(random: () => number): Ids {
  let requests = 0;
  const integer = (limit: number): number => Math.floor(random() * limit);
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += integer(0x10000).toString(16).padStart(4, '0');
    return text.slice(0, length);
  };
  return {
    hex,
    integer,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + integer(4)).toString(16)}${hex(3)}-${hex(12)}`,
    requestId: () => {
      requests += 1;
      const count = requests.toString(16).padStart(12, '0');
      return `5a9db0c5-0000-4000-8000-${count}`;
    },
  };
}
