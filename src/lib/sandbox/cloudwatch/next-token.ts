/** A page's token: where the next page begins. */
export function formatToken(position: readonly number[]): string {
  return Buffer.from(position.join('/')).toString('base64url');
}

/** Reads a token that `formatToken` made with as many numbers; `undefined` for one that it did not make. */
export function parseToken(token: string, length: number): readonly number[] | undefined {
  const position = Buffer.from(token, 'base64url').toString().split('/').map(Number);
  const isWhole = position.length === length && position.every(each => Number.isInteger(each) && each >= 0);
  return isWhole && formatToken(position) === token ? position : undefined;
}
