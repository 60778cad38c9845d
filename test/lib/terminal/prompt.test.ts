import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DdbxError } from '../../../src/lib/model/error.js';
import { confirm, pick, typeToConfirm } from '../../../src/lib/terminal/prompt.js';
import { plainText } from '../../../src/lib/terminal/text.js';
import { type FakeIo, fakeIo } from '../../support/fake-io.js';

function terminal(): FakeIo {
  return fakeIo({ stdoutTty: true, stderrTty: true, stdinTty: true, color: 'never' });
}

/** Resolves when stderr shows the text so many times. */
async function shown(io: FakeIo, text: string, times = 1): Promise<void> {
  while (io.stderrText.split(text).length <= times) await turn();
}

describe('confirm', () => {
  it.each([
    { typed: 'y', answer: true },
    { typed: 'YES', answer: true },
    { typed: ' yes ', answer: true },
    { typed: 'n', answer: false },
    { typed: 'no', answer: false },
    { typed: '', answer: false },
  ])('takes "$typed" for $answer', async ({ typed, answer }) => {
    const io = terminal();
    const asked = confirm(io, 'Disable the stream of Orders?');
    await shown(io, '[y/N]');
    io.type(`${typed}\r`);
    expect(await asked).toBe(answer);
    expect(plainText(io.stderrText)).toContain('Disable the stream of Orders? [y/N] ');
    expect(io.stdoutText).toBe('');
  });

  it('asks again when the answer is neither', async () => {
    const io = terminal();
    const asked = confirm(io, 'Go on?');
    io.type('perhaps\ry\r');
    expect(await asked).toBe(true);
    await shown(io, 'Go on? [y/N]', 2);
  });

  it('gives stdin back', async () => {
    const io = terminal();
    const asked = confirm(io, 'Go on?');
    io.type('y\r');
    await asked;
    expect(io.stdin.isPaused()).toBe(true);
  });
});

describe('typeToConfirm', () => {
  it.each([
    { typed: 'Orders', answer: true },
    { typed: 'orders', answer: false },
    { typed: 'yes', answer: false },
    { typed: '', answer: false },
  ])('takes "$typed" for $answer', async ({ typed, answer }) => {
    const io = terminal();
    const asked = typeToConfirm(io, { question: 'This removes the replica in eu-west-1.', expected: 'Orders' });
    await shown(io, 'Type Orders to go on: ');
    io.type(`${typed}\r`);
    expect(await asked).toBe(answer);
    expect(io.stderrText).toContain('This removes the replica in eu-west-1.\n');
  });
});

describe('pick', () => {
  const names = ['Orders', 'OrdersArchive', 'Customers', 'Invoices'];
  const choices = names.map(label => ({ label, value: label.toLowerCase() }));
  const options = { question: 'Which table?', instead: 'the name of a table', choices };

  it.each([
    { typed: ['3'], picked: 'customers' },
    { typed: ['Orders'], picked: 'orders' },
    { typed: ['inv'], picked: 'invoices' },
    { typed: ['ORD', '2'], picked: 'ordersarchive' },
    { typed: ['ord', 'arch'], picked: 'ordersarchive' },
    { typed: ['nothing', '1'], picked: 'orders' },
    { typed: ['9', '4'], picked: 'invoices' },
    { typed: ['ord', '', '4'], picked: 'invoices' },
  ])('takes $typed for $picked', async ({ typed, picked }) => {
    const io = terminal();
    const asked = pick(io, options);
    io.type(typed.map(line => `${line}\r`).join(''));
    expect(await asked).toBe(picked);
  });

  it('lists what there is, numbered', async () => {
    const io = terminal();
    const asked = pick(io, options);
    await shown(io, 'Number, or part of the name: ');
    expect(io.stderrText).toContain('Which table?\n  1  Orders\n  2  OrdersArchive\n  3  Customers\n  4  Invoices\n');
    io.type('1\r');
    await asked;
  });

  it('lists twenty at a time and says how many more there are', async () => {
    const io = terminal();
    const many = Array.from({ length: 51 }, (_, index) => ({ label: `table-${index}`, value: index }));
    const asked = pick(io, { ...options, choices: many });
    await shown(io, 'and 31 more');
    expect(io.stderrText).toContain(' 20  table-19\n');
    expect(io.stderrText).not.toContain('table-20');
    io.type('table-50\r');
    expect(await asked).toBe(50);
  });

  it('refuses when there is nothing to choose from', async () => {
    await expect(pick(terminal(), { ...options, choices: [] })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('without a terminal', () => {
  it.each([
    { why: 'stdin is a pipe', io: fakeIo({ stderrTty: true, stdin: 'y\n' }), stream: 'stdin' },
    { why: 'stderr is a file', io: fakeIo({ stdinTty: true }), stream: 'stderr' },
  ])('every question is refused and names what to add when $why', async ({ io, stream }) => {
    await expect(confirm(io, 'Go on?')).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: `cannot ask "Go on?": ${stream} is not a terminal`,
      hint: 'add --yes',
    });
    await expect(typeToConfirm(io, { question: 'Remove?', expected: 'Orders' })).rejects.toMatchObject({
      hint: 'add --yes',
    });
    await expect(
      pick(io, { question: 'Which table?', instead: 'the name of a table', choices: [{ label: 'a', value: 1 }] }),
    ).rejects.toMatchObject({ hint: 'add the name of a table' });
    expect(io.stderrText).toBe('');
  });
});

describe('an interruption', () => {
  it.each([
    { how: 'Ctrl-C', act: (io: FakeIo) => io.type('\u0003') },
    { how: 'Ctrl-D', act: (io: FakeIo) => io.type('\u0004') },
    { how: 'the end of the input', act: (io: FakeIo) => io.endInput() },
  ])('by $how ends with 130', async ({ act }) => {
    const io = terminal();
    const asked = confirm(io, 'Go on?');
    const outcome = asked.catch((error: unknown) => error);
    await shown(io, '[y/N]');
    act(io);
    expect(await outcome).toMatchObject({ code: 'interrupted', exitCode: 130 });
    expect(io.stderrText.endsWith('\n')).toBe(true);
  });

  it('by a signal ends with 130 as well', async () => {
    const io = terminal();
    const stop = new AbortController();
    const outcome = confirm(io, 'Go on?', { signal: stop.signal }).catch((error: unknown) => error);
    await shown(io, '[y/N]');
    stop.abort();
    expect(await outcome).toMatchObject({ code: 'interrupted', exitCode: 130 });
  });

  it('passes on the reason of a signal when it is an error of ours', async () => {
    const reason = new DdbxError({ code: 'timeout', message: 'time is over', exitCode: 6 });
    await expect(confirm(terminal(), 'Go on?', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
