/**
 * `npm run generate`: writes what is made from the command tree: completions, reference, man page, the README's table.
 * With `--check` it writes nothing, and fails when a file is not what it would write.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { version } from '../src/version.js';
import { generated } from './generate/generated.js';
import { loadedTree } from './generate/loaded-tree.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const files = generated(await loadedTree(), version, await textOf('README.md'));
const stale: string[] = [];
for (const [path, text] of files) if ((await textOf(path)) !== text) stale.push(path);

if (values.check) {
  for (const path of stale) process.stderr.write(`${path} is stale\n`);
  if (stale.length > 0) process.stderr.write('Run: npm run generate\n');
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const path of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), files.get(path) ?? '');
  }
  process.stderr.write(stale.length === 0 ? 'Nothing is stale.\n' : stale.map(path => `wrote ${path}\n`).join(''));
}

/** Undefined for a file that is not there. Line ends are those of the repository, also in a checkout on Windows. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(join(root, path), 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
