/** A template for shell code: backslashes stay as they are, and `$\{` is written for the shell's own `${`. */
export function shellText(text: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: text.raw.map(part => part.replaceAll('$\\{', '${')) }, ...values);
}

/** A program's name as part of a function's name. */
export function identifier(program: string): string {
  return program.replace(/[^A-Za-z0-9_]/g, '_');
}

/** Text as one word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Several texts as words of a POSIX shell. */
export function quotedWords(texts: readonly string[]): string {
  return texts.map(quoted).join(' ');
}
