import { validationError } from '../../aws-error.js';

/** One word or sign of an expression. */
export interface Token {
  readonly kind: 'name' | 'placeholder-name' | 'placeholder-value' | 'integer' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins in the expression. */
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<nameRef>#[A-Za-z0-9_]+)|(?<valueRef>:[A-Za-z0-9_]+)|(?<integer>\d+)|(?<sign><>|<=|>=|[=<>(),.[\]+-]))/y;

/** Reads an expression token by token; its errors are worded as AWS words them. */
export class TokenReader {
  /** The parameter that holds the expression, e.g. `ConditionExpression`. */
  readonly parameter: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(parameter: string, text: string) {
    this.parameter = parameter;
    this.#text = text;
    if (text === '') throw this.invalid('The expression can not be empty;');
    this.#tokens = this.#read();
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#position + ahead] ?? { kind: 'end', text: '<EOF>', at: this.#text.length };
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  /** Takes the next token when it is this sign or this keyword; keywords have no case. */
  take(text: string): boolean {
    if (!this.isNext(text)) return false;
    this.#position += 1;
    return true;
  }

  isNext(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'sign' || token.kind === 'name') && token.text.toUpperCase() === text;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.syntaxError();
  }

  /** The error at the next token. */
  syntaxError() {
    const token = this.peek();
    const near = this.#text.slice(this.#tokens[this.#position - 1]?.at ?? 0).slice(0, 30);
    return this.invalid(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  invalid(message: string) {
    return validationError(`Invalid ${this.parameter}: ${message}`);
  }

  #read(): readonly Token[] {
    const tokens: Token[] = [];
    const end = this.#text.trimEnd().length;
    let at = 0;
    while (at < end) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(this.#text);
      if (match === null) {
        const near = this.#text.slice(at).trimStart();
        throw this.invalid(`Syntax error; token: "${near.slice(0, 1)}", near: "${near.slice(0, 30)}"`);
      }
      tokens.push(tokenOf(match));
      at = TOKEN.lastIndex;
    }
    return tokens;
  }
}

function tokenOf(match: RegExpExecArray): Token {
  const { name, nameRef, valueRef, integer, sign } = match.groups ?? {};
  const text = match[0].trimStart();
  const at = match.index + match[0].length - text.length;
  if (name !== undefined) return { kind: 'name', text, at };
  if (nameRef !== undefined) return { kind: 'placeholder-name', text, at };
  if (valueRef !== undefined) return { kind: 'placeholder-value', text, at };
  if (integer !== undefined) return { kind: 'integer', text, at };
  return { kind: sign === undefined ? 'end' : 'sign', text, at };
}
