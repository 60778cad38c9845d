import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One import of a source file, as it is written. */
export interface SourceImport {
  readonly specifier: string;
  /** Leaves nothing in the built program. */
  readonly isTypeOnly: boolean;
  /** `import()`: loaded only when that line is reached. */
  readonly isLazy: boolean;
}

/** One file of src. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly SourceImport[];
  /** Lines on which the type `any` is written. */
  readonly anyLines: readonly number[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Reads and parses every TypeScript file of src, by its path. */
export function readSources(): ReadonlyMap<string, SourceFile> {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const paths = names.filter(name => name.endsWith('.ts')).map(name => posix.join('src', name.replaceAll('\\', '/')));
  return new Map(paths.sort().map(path => [path, parseSource(path, readFileSync(join(root, path), 'utf8'))]));
}

/** Parses one file; exported so that the tests of the tests can plant something in it. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports: SourceImport[] = [];
  const anyLines: number[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found !== undefined) imports.push(found);
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      anyLines.push(tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, text, lines: text.split('\n').length - 1, imports, anyLines };
}

/** The file that a relative specifier names, in terms of the sources: `./x.js` is `x.ts`. */
export function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

/** All that is loaded with `entries` at once: what they import statically, and what that imports. */
export function loadedWith(sources: ReadonlyMap<string, SourceFile>, entries: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const one of sources.get(path)?.imports ?? []) {
      if (one.isTypeOnly || one.isLazy) continue;
      open.push(targetOf(path, one.specifier) ?? one.specifier);
    }
  }
  return found;
}

function importOf(node: ts.Node): SourceImport | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: node.moduleSpecifier.text, isTypeOnly, isLazy: false };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly, isLazy: false };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      return { specifier: specifier.text, isTypeOnly: false, isLazy: true };
    }
  }
  return undefined;
}
