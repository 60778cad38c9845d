import { describe, expect, it } from 'vitest';
import { brokenArrow } from '../../scripts/lint/arrows.mjs';
import { loadedWith, parseSource, readSources, type SourceFile, targetOf } from './source-graph.js';

const sources = readSources();
const files = [...sources.values()];

/**
 * Modules of the domains that the command tree may load before a verb runs: they hold or recognise words of the command line
 * and know nothing but the model and each other.
 */
const wordParsers = [
  'src/lib/aws/arn.ts',
  'src/lib/aws/aws-error.ts',
  'src/lib/aws/queue-ref.ts',
  'src/lib/completion/shells.ts',
  'src/lib/cost/dimensions.ts',
  'src/lib/cost/fields.ts',
  'src/lib/cost/quantities.ts',
  'src/lib/cost/typed-options.ts',
  'src/lib/dlq/bucket-prefix.ts',
  'src/lib/esm/mapping-ref.ts',
  'src/lib/esm/presets.ts',
  'src/lib/esm/setting-table.ts',
  'src/lib/esm/setting-values.ts',
  'src/lib/streams/view-type.ts',
];

/** What only a verb that runs may load. */
const needsAVerb =
  /^(?:src\/lib\/(?!model\/|terminal\/)|src\/commands\/.*-run\.ts$|src\/commands\/.*(?<!\/set)-view\.ts$|@aws-sdk\/|@smithy\/|ora$|cli-table3$)/;

function tooEarly(loaded: ReadonlySet<string>): readonly string[] {
  return [...loaded].filter(path => needsAVerb.test(path) && !wordParsers.includes(path));
}

/** The files that declare verbs: what the program loads lazily when a noun or a lone verb is named. */
function declarations(): readonly string[] {
  const program = sources.get('src/program.ts');
  const lazy = program?.imports.filter(one => one.isLazy) ?? [];
  return lazy.map(one => targetOf('src/program.ts', one.specifier) ?? one.specifier);
}

describe('every file of src', () => {
  it('is there to be looked at', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(sources.has('src/main.ts')).toBe(true);
  });

  it('has at most 400 lines', () => {
    expect(files.filter(file => file.lines > 400).map(file => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  it('silences neither the compiler nor the linter', () => {
    const silencing = /eslint-disable|@ts-(?:ignore|nocheck|expect-error)|biome-ignore|as unknown as/;
    expect(files.filter(file => silencing.test(file.text)).map(file => file.path)).toEqual([]);
    expect(files.flatMap(file => file.anyLines.map(line => `${file.path}:${line}`))).toEqual([]);
  });

  it('keeps to the arrows', () => {
    const broken = files.flatMap(file =>
      file.imports
        .map(one => brokenArrow(file.path, one.specifier, one.isTypeOnly))
        .filter(reason => reason !== undefined),
    );
    expect(broken).toEqual([]);
  });

  it('imports no file that imports it', () => {
    expect(files.map(cycleFrom).filter(cycle => cycle !== undefined)).toEqual([]);
  });
});

describe('loading', () => {
  it('leaves domains, operations and views to the verb that runs', () => {
    expect(tooEarly(loadedWith(sources, ['src/main.ts']))).toEqual([]);
    const early = declarations().flatMap(path =>
      tooEarly(loadedWith(sources, [path])).map(found => `${path} loads ${found}`),
    );
    expect(early).toEqual([]);
  });

  it('finds the declarations of the nouns', () => {
    expect(declarations()).toContain('src/commands/streams/streams.ts');
  });

  it('has word parsers that know nothing but the model and each other', () => {
    for (const path of wordParsers) {
      const loaded = [...loadedWith(sources, [path])].filter(found => found !== path);
      // The model counts money with decimal.js.
      const isModel = (found: string): boolean => found.startsWith('src/lib/model/') || found === 'decimal.js';
      expect(loaded.filter(found => !isModel(found) && !wordParsers.includes(found))).toEqual([]);
    }
  });

  it('keeps the sandbox out of everything but its command and the demo', () => {
    const users = files.filter(file => !file.path.startsWith('src/lib/sandbox/') && usesSandbox(file));
    expect(users.filter(file => !/^src\/commands\/(?:sandbox|demo)\//.test(file.path)).map(file => file.path)).toEqual(
      [],
    );
  });
});

describe('the arrows', () => {
  it.each([
    ['src/lib/model/size.ts', '../aws/arn.js'],
    ['src/lib/aws/arn.ts', '../streams/tail.js'],
    ['src/lib/streams/tail.ts', '../terminal/writer.js'],
    ['src/lib/streams/tail.ts', '../dlq/drain.js'],
    ['src/lib/streams/tail.ts', '../../commands/streams/tail.js'],
    ['src/lib/streams/tail.ts', '../sandbox/sandbox.js'],
    ['src/lib/sandbox/http/server.ts', '../../streams/tail.js'],
    ['src/lib/newcomer/x.ts', '../model/size.js'],
    ['src/lib/streams/tail.ts', 'chalk'],
    ['src/lib/streams/tail.ts', 'commander'],
    ['src/lib/streams/tail.ts', 'node:process'],
    ['src/lib/streams/tail.ts', '@aws-sdk/client-dynamodb-streams'],
    ['src/commands/streams/tail-view.ts', 'chalk'],
    ['src/commands/streams/tail-run.ts', '../../lib/sandbox/sandbox.js'],
    ['src/commands/streams/tail-run.ts', '../../../test/support/fake.js'],
  ])('forbid %s to import %s', (file, specifier) => {
    expect(brokenArrow(file, specifier)).toContain(file.startsWith('src/lib/newcomer') ? 'src/lib/newcomer' : file);
  });

  it.each([
    ['src/lib/streams/tail.ts', '../model/size.js'],
    ['src/lib/streams/tail.ts', './shard.js'],
    ['src/lib/streams/tail.ts', 'node:zlib'],
    ['src/lib/esm/plan.ts', '../streams/shard.js'],
    ['src/lib/sandbox/http/server.ts', '../streams/operations.js'],
    ['src/lib/aws/streams-gateway.ts', '@aws-sdk/client-dynamodb-streams'],
    ['src/lib/terminal/io.ts', 'chalk'],
    ['src/commands/streams/tail.ts', 'commander'],
    ['src/commands/streams/tail-run.ts', '../../lib/streams/tail.js'],
    ['src/commands/sandbox/start-run.ts', '../../lib/sandbox/sandbox.js'],
  ])('let %s import %s', (file, specifier) => {
    expect(brokenArrow(file, specifier)).toBeUndefined();
  });

  it('let a type of the SDK go where its code may not', () => {
    expect(brokenArrow('src/lib/streams/tail.ts', '@smithy/types', true)).toBeUndefined();
    expect(brokenArrow('src/lib/streams/tail.ts', 'commander', true)).toBeDefined();
  });
});

describe('reading the sources', () => {
  it('tells static, lazy and type imports apart', () => {
    const file = parseSource(
      'src/a.ts',
      "import type { A } from './a1.js';\nimport { b } from './b.js';\nexport { c } from './c.js';\nawait import('./d.js');\n",
    );
    expect(file.imports).toEqual([
      { specifier: './a1.js', isTypeOnly: true, isLazy: false },
      { specifier: './b.js', isTypeOnly: false, isLazy: false },
      { specifier: './c.js', isTypeOnly: false, isLazy: false },
      { specifier: './d.js', isTypeOnly: false, isLazy: true },
    ]);
  });

  it('sees `any` as a type, not as a word', () => {
    expect(parseSource('src/a.ts', "// any\nconst any = 'any';\nconst x: any = any;\n").anyLines).toEqual([3]);
  });

  it('follows static imports alone', () => {
    const made = new Map(
      [
        parseSource('src/a.ts', "import './b.js';\nimport type { D } from './d.js';\n"),
        parseSource('src/b.ts', "import 'ora';\nawait import('./c.js');\n"),
        parseSource('src/c.ts', ''),
      ].map(file => [file.path, file]),
    );
    expect([...loadedWith(made, ['src/a.ts'])]).toEqual(['src/a.ts', 'src/b.ts', 'ora']);
  });
});

function usesSandbox(file: SourceFile): boolean {
  return file.imports.some(one => targetOf(file.path, one.specifier)?.startsWith('src/lib/sandbox/') === true);
}

/** A way of static imports from a file back to itself, if there is one. */
function cycleFrom(file: SourceFile): string | undefined {
  const direct = file.imports.filter(one => !one.isTypeOnly && !one.isLazy);
  for (const one of direct) {
    const target = targetOf(file.path, one.specifier);
    if (target !== undefined && loadedWith(sources, [target]).has(file.path)) return `${file.path} -> ${target} -> ...`;
  }
  return undefined;
}
