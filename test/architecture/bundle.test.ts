import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleProblems, bundleSizes } from '../../scripts/build/budget.js';
import { formatLicences, packageFolder, thirdPartyLicences } from '../../scripts/build/licences.js';

type Output = Metafile['outputs'][string];

function anOutput(bytes: number, inputs: readonly string[], imports: Output['imports'] = []): Output {
  const parts = Object.fromEntries(inputs.map(input => [input, { bytesInOutput: bytes }]));
  return { bytes, inputs: parts, imports, exports: [] };
}

const staticChunk: Output['imports'] = [{ path: 'dist/chunk.js', kind: 'import-statement' }];
const lazyChunk: Output['imports'] = [{ path: 'dist/chunk.js', kind: 'dynamic-import' }];

describe('the budget of the bundle', () => {
  it('counts for a start what the entry imports statically, and no source maps', () => {
    const outputs = {
      'dist/main.js': anOutput(
        100,
        ['src/main.ts'],
        [...staticChunk, { path: 'dist/lazy.js', kind: 'dynamic-import' }],
      ),
      'dist/main.js.map': anOutput(5000, []),
      'dist/chunk.js': anOutput(20, ['src/cli.ts']),
      'dist/lazy.js': anOutput(3, ['src/lazy.ts']),
    };
    expect(bundleSizes({ inputs: {}, outputs })).toEqual({ entryBytes: 120, totalBytes: 123, chunks: 2 });
    expect(bundleProblems({ inputs: {}, outputs })).toEqual([]);
  });

  it.each([
    'node_modules/@aws-sdk/client-dynamodb/dist-es/index.js',
    'node_modules/ora/node_modules/@smithy/core/index.js',
    'node_modules/ora/index.js',
    'node_modules/cli-table3/index.js',
    'src/lib/sandbox/sandbox.ts',
  ])('refuses %s at start, and takes it lazily', input => {
    const chunk = anOutput(10, [input]);
    const early = { 'dist/main.js': anOutput(10, ['src/main.ts'], staticChunk), 'dist/chunk.js': chunk };
    const late = { 'dist/main.js': anOutput(10, ['src/main.ts'], lazyChunk), 'dist/chunk.js': chunk };
    expect(bundleProblems({ inputs: {}, outputs: early })).toEqual([expect.stringContaining(input)]);
    expect(bundleProblems({ inputs: {}, outputs: late })).toEqual([]);
  });

  it('refuses a heavy start and a heavy whole', () => {
    const outputs = { 'dist/main.js': anOutput(64_001, [], lazyChunk), 'dist/chunk.js': anOutput(2_540_000, []) };
    expect(bundleProblems({ inputs: {}, outputs })).toEqual([
      'every start reads 64001 bytes, more than 64000',
      'dist holds 2604001 bytes of JavaScript, more than 2600000',
    ]);
  });
});

describe('the licences of what is bundled', () => {
  it('finds the package of a file at any depth, and none for our own', () => {
    expect(packageFolder('src/main.ts')).toBeUndefined();
    expect(packageFolder('node_modules/ora/index.js')).toBe('node_modules/ora');
    expect(packageFolder('node_modules/@smithy/core/dist-es/a/b.js')).toBe('node_modules/@smithy/core');
    expect(packageFolder('node_modules/ora/node_modules/chalk/source/index.js')).toBe(
      'node_modules/ora/node_modules/chalk',
    );
  });

  it('prints a text once, below all packages that come with it', () => {
    const text = formatLicences([
      { name: 'one', version: '1.0.0', licence: 'MIT', text: 'Be nice.' },
      { name: 'two', version: '2.0.0', licence: 'MIT', text: 'Be nicer.' },
      { name: 'three', version: '3.0.0', licence: 'MIT', text: 'Be nice.' },
    ]);
    expect(text).toContain('one 1.0.0 (MIT)\nthree 3.0.0 (MIT)\n\nBe nice.\n');
    expect(text).toContain('two 2.0.0 (MIT)\n\nBe nicer.\n');
    expect(text.match(/Be nice\./g)).toHaveLength(1);
  });

  it('reads the real texts', async () => {
    const text = await thirdPartyLicences(process.cwd(), ['src/main.ts', 'node_modules/commander/lib/command.js']);
    expect(text).toContain('commander 14.0.3 (MIT)');
    expect(text).toContain('TJ Holowaychuk');
  });
});
