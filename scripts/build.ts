/** `npm run build`: bundles src into dist, holds the bundle to its budget, and writes THIRD_PARTY_LICENSES. */
import { build, type OutputFile } from 'esbuild';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProblems, bundleSizes } from './build/budget.js';
import { thirdPartyLicences } from './build/licences.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const startedAt = new Date();

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };

const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  metafile: true,
  write: false,
  define: { __DDBX_VERSION__: JSON.stringify(manifest.version) },
  // The SDK reads a browser's user agent with it, which Node never asks for; it weighs 34 kB.
  external: ['bowser'],
  // cli-table3 is CommonJS and asks for `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
}).catch(() => {
  // esbuild has said what is wrong, and where.
  process.exit(1);
});

const problems = bundleProblems(result.metafile);
if (problems.length > 0) {
  process.stderr.write(
    `The bundle breaks its budget (scripts/build/budget.ts):\n${problems.map(problem => `  ${problem}\n`).join('')}`,
  );
  process.exit(1);
}

await writeFile(
  join(root, 'THIRD_PARTY_LICENSES'),
  await thirdPartyLicences(root, Object.keys(result.metafile.inputs)),
);
await writeDist(result.outputFiles);

const sizes = bundleSizes(result.metafile);
process.stderr.write(
  `dist: ${kb(sizes.entryBytes)} at start, ${kb(sizes.totalBytes)} in all, ${sizes.chunks} chunks\n`,
);

/** Chunks first, the entry last, what is left of an earlier build after that: a ddbx that starts meanwhile finds its chunks. */
async function writeDist(files: readonly OutputFile[]): Promise<void> {
  await mkdir(dist, { recursive: true });
  const entryLast = [...files].sort((a, b) => Number(a.path.endsWith('main.js')) - Number(b.path.endsWith('main.js')));
  for (const file of entryLast) await writeIfNew(file);
  const wanted = new Set(files.map(file => basename(file.path)));
  const stale = (await readdir(dist)).filter(name => !wanted.has(name));
  await Promise.all(stale.map(name => rm(join(dist, name), { recursive: true })));
  await utimes(join(dist, 'main.js'), startedAt, startedAt);
}

/** A file that is the same already is left alone: something may be reading it just now. */
async function writeIfNew({ path, contents }: OutputFile): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents) !== true) await writeFile(path, contents);
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
