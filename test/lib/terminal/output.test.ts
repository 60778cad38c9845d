import { describe, expect, it } from 'vitest';
import { makeOutput, type Screen } from '../../../src/lib/terminal/output.js';
import { type FakeIo, fakeIo } from '../../support/fake-io.js';

describe('document', () => {
  it('is indented JSON, on a terminal and in a pipe', async () => {
    for (const stdoutTty of [true, false]) {
      const io = fakeIo({ stdoutTty });
      await makeOutput(io, { format: 'json' }).document({ streams: [{ table: 'Orders' }] });
      expect(io.stdoutText).toBe('{\n  "streams": [\n    {\n      "table": "Orders"\n    }\n  ]\n}\n');
    }
  });

  it('is one line when the format is ndjson', async () => {
    const io = fakeIo();
    await makeOutput(io, { format: 'ndjson' }).document({ type: 'summary', records: 3 });
    expect(io.stdoutText).toBe('{"type":"summary","records":3}\n');
  });

  it('applies the query, and writes null when it selects nothing', async () => {
    const io = fakeIo();
    await makeOutput(io, { format: 'json', query: 'streams[].table' }).document({ streams: [{ table: 'Orders' }] });
    await makeOutput(io, { format: 'json', query: 'nothing' }).document({});
    expect(io.stdoutText).toBe('[\n  "Orders"\n]\nnull\n');
  });
});

describe('event', () => {
  it('is one line, whatever is in it', async () => {
    const io = fakeIo();
    const output = makeOutput(io, { format: 'ndjson' });
    await output.event({ text: 'two\nlines\u001b[31m', count: 5n, bytes: Buffer.from('hello') });
    expect(io.stdoutText).toBe('{"text":"two\\nlines\\u001b[31m","count":5,"bytes":"aGVsbG8="}\n');
  });

  it('prints nothing for an event in which the query selects nothing', async () => {
    const io = fakeIo();
    const output = makeOutput(io, { format: 'ndjson', query: 'region' });
    await output.event({ type: 'replica', region: 'eu-west-1' });
    await output.event({ type: 'summary' });
    expect(io.stdoutText).toBe('"eu-west-1"\n');
  });

  it('keeps the order of events that are not waited for', async () => {
    const io = fakeIo();
    const output = makeOutput(io, { format: 'ndjson', query: 'n' });
    await Promise.all([1, 2, 3, 4, 5].map(n => output.event({ n })));
    expect(io.stdoutText).toBe('1\n2\n3\n4\n5\n');
  });
});

describe('line and bytes', () => {
  it('leaves no escape byte in a pipe', async () => {
    const io = fakeIo();
    await makeOutput(io, { format: 'human' }).line('\u001b[32mENABLED\u001b[39m');
    expect(io.stdoutText).toBe('ENABLED\n');
  });

  it('passes bytes on as they are', async () => {
    const io = fakeIo();
    await makeOutput(io, { format: 'ndjson', query: 'ignored' }).bytes(Buffer.from('{"a":1}\n'));
    expect(io.stdoutText).toBe('{"a":1}\n');
  });
});

describe('what goes to stderr', () => {
  const speak = (io: FakeIo): void => {
    const output = makeOutput(io, { format: 'human' });
    output.note('a note');
    output.detail('a detail');
    output.warn('a warning');
  };

  it.each([
    { flags: {}, said: 'a note\nwarning: a warning\n' },
    { flags: { verbose: true }, said: 'a note\na detail\nwarning: a warning\n' },
    { flags: { quiet: true }, said: 'warning: a warning\n' },
  ])('is $said with $flags', ({ flags, said }) => {
    const io = fakeIo(flags);
    speak(io);
    expect(io.stderrText).toBe(said);
    expect(io.stdoutText).toBe('');
  });

  const gap = { level: 'warning', text: 'records were lost', event: { type: 'gap', shardId: 's-1' } } as const;

  it('says an aside as a sentence to people and as JSON to machines', () => {
    const human = fakeIo();
    makeOutput(human, { format: 'human' }).aside(gap);
    expect(human.stderrText).toBe('warning: records were lost\n');
    const machine = fakeIo();
    makeOutput(machine, { format: 'ndjson' }).aside(gap);
    expect(machine.stderrText).toBe('{"type":"gap","shardId":"s-1"}\n');
  });

  it('keeps quiet about notes, never about warnings', () => {
    const io = fakeIo({ quiet: true });
    const output = makeOutput(io, { format: 'ndjson' });
    output.aside({ level: 'note', text: 'caught up', event: { type: 'caught-up' } });
    output.aside(gap);
    expect(io.stderrText).toBe('{"type":"gap","shardId":"s-1"}\n');
  });
});

describe('above a screen', () => {
  it('clears it around every write to either stream', async () => {
    const io = fakeIo();
    const log: string[] = [];
    const screen: Screen = {
      around: async write => {
        log.push('clear');
        try {
          return await write();
        } finally {
          log.push('draw');
        }
      },
    };
    const output = makeOutput(io, { format: 'human' }).above(screen);
    await output.line('a line');
    output.note('a note');
    await output.flush();
    expect(log.slice(0, 3)).toEqual(['clear', 'draw', 'clear']);
    expect([io.stdoutText, io.stderrText]).toEqual(['a line\n', 'a note\n']);
  });
});
