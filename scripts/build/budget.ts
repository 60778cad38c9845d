import type { Metafile } from 'esbuild';

/** The script that bin/ddbx.js imports. */
const entryPath = 'dist/main.js';
const maxEntryBytes = 64_000;
/** Five more nouns and their clients; the packed package is to stay under 3 MB with its texts. */
const maxTotalBytes = 2_600_000;

/** What no start may load: it costs more than `ddbx --help` has. */
const lazyOnly = [
  /node_modules\/@aws-sdk\//,
  /node_modules\/@smithy\//,
  /node_modules\/ora\//,
  /node_modules\/cli-table3\//,
  /^src\/lib\/sandbox\//,
];

export interface BundleSizes {
  /** The entry and all that it imports statically: what every start reads. */
  readonly entryBytes: number;
  /** All JavaScript in dist. */
  readonly totalBytes: number;
  readonly chunks: number;
}

/** Adds up a bundle from esbuild's metafile. */
export function bundleSizes(metafile: Metafile): BundleSizes {
  const scripts = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.js'));
  const atStart = outputsAtStart(metafile);
  return {
    entryBytes: sum(scripts.filter(([path]) => atStart.has(path)).map(([, output]) => output.bytes)),
    totalBytes: sum(scripts.map(([, output]) => output.bytes)),
    chunks: scripts.length - 1,
  };
}

/** Says in sentences what a bundle does that it must not; empty when it keeps to its budget. */
export function bundleProblems(metafile: Metafile): readonly string[] {
  const { entryBytes, totalBytes } = bundleSizes(metafile);
  const problems: string[] = [];
  if (entryBytes > maxEntryBytes) problems.push(`every start reads ${entryBytes} bytes, more than ${maxEntryBytes}`);
  if (totalBytes > maxTotalBytes)
    problems.push(`dist holds ${totalBytes} bytes of JavaScript, more than ${maxTotalBytes}`);
  for (const path of outputsAtStart(metafile)) {
    for (const input of Object.keys(metafile.outputs[path]?.inputs ?? {})) {
      if (lazyOnly.some(pattern => pattern.test(input))) {
        problems.push(`every start loads ${input}: import it with \`await import\` where it is used`);
      }
    }
  }
  return problems;
}

function outputsAtStart(metafile: Metafile): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [entryPath];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const output = metafile.outputs[path];
    if (output === undefined || found.has(path)) continue;
    found.add(path);
    for (const imported of output.imports) if (imported.kind === 'import-statement') open.push(imported.path);
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
