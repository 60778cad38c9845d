import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';
import { type CommandOutcome, parseTranscript, renderTranscript } from './transcript.js';

function scriptsOf(text: string): readonly string[] {
  return parseTranscript(text).parts.flatMap(part => (part.type === 'command' ? [part.script] : []));
}

function anOutcome(parts: Partial<CommandOutcome>): CommandOutcome {
  return { stdout: '', stderr: '', exitCode: 0, ...parts };
}

const file = `# Title

<!-- scenario: orders -->

\`\`\`console
$ ddbx one
old output
[exit 2]
$ ddbx two \\
>   --flag
\`\`\`

\`\`\`sh
$ not a command
\`\`\`
`;

describe('a transcript', () => {
  it('gives its scenario and its commands', () => {
    expect(parseTranscript(file).scenario).toBe('orders');
    expect(parseTranscript('# nothing\n').scenario).toBe('none');
    expect(scriptsOf(file)).toEqual(['ddbx one', 'ddbx two \\\n  --flag']);
  });

  it('is written again with what was seen, and all else as it was', () => {
    const text = renderTranscript(parseTranscript(file), [
      anOutcome({ stdout: 'new\n', stderr: 'hm\n\nha\n', exitCode: 3 }),
      anOutcome({ stdout: 'half' }),
    ]);
    const block = [
      '$ ddbx one',
      'new',
      'stderr| hm',
      'stderr|',
      'stderr| ha',
      '[exit 3]',
      '$ ddbx two \\',
      '>   --flag',
      'half',
      '[no newline at the end]',
    ];
    expect(text).toBe(file.replace(/\$ ddbx one[^]*?--flag/, block.join('\n')));
  });

  it.each([
    ['$ 5\n', '\\$ 5'],
    ['```\n', '\\```'],
    ['[exit 7]\n', '\\[exit 7]'],
    ['stderr| x\n', '\\stderr| x'],
    ['\\\n', '\\\\'],
  ])('keeps the output %j apart from its own marks', (stdout, shown) => {
    const transcript = parseTranscript('```console\n$ x\n```\n');
    const text = renderTranscript(transcript, [anOutcome({ stdout })]);
    expect(text).toBe(`\`\`\`console\n$ x\n${shown}\n\`\`\`\n`);
    expect(renderTranscript(parseTranscript(text), [anOutcome({ stdout })])).toBe(text);
  });

  it('refuses a block that is not closed, and output of no command', () => {
    expect(() => parseTranscript('```console\n$ x\n')).toThrow('not closed');
    expect(() => parseTranscript('```console\nx\n```\n')).toThrow('line 2');
  });
});

describe('normalising', () => {
  const nowMs = Date.parse('2026-05-05T12:00:00Z');
  const shown = (text: string): string => normalise(text, { nowMs, literals: [['/tmp/ddbx-cli-x/work', '/tmp/work']] });

  it.each([
    ['http://127.0.0.1:43817/', 'http://127.0.0.1:80000/'],
    ['http://localhost:8000', 'http://localhost:8000'],
    ['at /tmp/ddbx-cli-x/work/a.json', 'at /tmp/work/a.json'],
    ['2026-05-05T11:59:07Z', '2026-01-01T00:00:00Z'],
    ['2026-05-05T11:59:07.123Z', '2026-01-01T00:00:00.000Z'],
    ['--since 2019-01-02T03:04:05Z', '--since 2019-01-02T03:04:05Z'],
    ['"at":1777982400,', '"at":1700000000,'],
    ['"at":1777982400123,', '"at":1700000000000,'],
    ['100000000002977948421', '100000000002977948421'],
    ['"N":"1234567890"', '"N":"1234567890"'],
    ['11:59:07  insert', '00:00:00  insert'],
    ['2 records in 506ms: 11 GetRecords calls', '2 records in 0ms: 9 GetRecords calls'],
    ['every 250ms', 'every 250ms'],
    ['stderr| warning: The prices are 91 days old (published 2026-11-23). It.\nnext', 'next'],
    ['5a9db0c5-0000-4000-8000-0000000000ff', '5a9db0c5-0000-4000-8000-000000000000'],
  ])('shows %j as %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('numbers shards and labels in their order, and keeps every length', () => {
    const text = [
      'shardId-00000001795434019297-e90ac31f shardId-00000001795434017676-622d84f8',
      'stream/2026-05-05T11:40:18.000 stream/2026-05-05T11:40:17.636 created 2026-05-05T11:40:17.636Z',
    ].join('\n');
    expect(shown(text)).toBe(
      [
        'shardId-00000000000000000002-e90ac31f shardId-00000000000000000001-622d84f8',
        'stream/2026-01-01T00:00:00.002 stream/2026-01-01T00:00:00.001 created 2026-01-01T00:00:00.001Z',
      ].join('\n'),
    );
    expect(shown(text)).toHaveLength(text.length);
  });
});
