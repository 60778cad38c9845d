import { describe, expect, it } from 'vitest';
import { renderTree, type TreeNode } from '../../../src/lib/terminal/tree.js';
import { fakeIo } from '../../support/fake-io.js';

const lineage: readonly TreeNode[] = [
  {
    label: 'shard-1 closed',
    children: [
      { label: 'shard-2 closed', children: [{ label: 'shard-4 open' }, { label: 'shard-5 open' }] },
      { label: 'shard-3 open' },
    ],
  },
  { label: 'shard-6 open' },
];

describe('renderTree', () => {
  it('draws guides that end where a branch ends', () => {
    expect(renderTree(lineage, fakeIo())).toBe(
      [
        'shard-1 closed',
        '├─ shard-2 closed',
        '│  ├─ shard-4 open',
        '│  └─ shard-5 open',
        '└─ shard-3 open',
        'shard-6 open',
      ].join('\n'),
    );
  });

  it('draws with ASCII on a dumb terminal and in a locale without UTF-8', () => {
    const ascii = [
      'shard-1 closed',
      '|- shard-2 closed',
      '|  |- shard-4 open',
      '|  `- shard-5 open',
      '`- shard-3 open',
      'shard-6 open',
    ];
    expect(renderTree(lineage, fakeIo({ env: { LANG: 'en_US.UTF-8', TERM: 'dumb' } }))).toBe(ascii.join('\n'));
    expect(renderTree(lineage, fakeIo({ env: { LANG: 'C' } }))).toBe(ascii.join('\n'));
  });

  it('keeps colours on a terminal and drops them in a pipe', () => {
    const coloured = [{ label: '\u001b[32mopen\u001b[39m' }];
    expect(renderTree(coloured, fakeIo({ stdoutTty: true }))).toBe('\u001b[32mopen\u001b[39m');
    expect(renderTree(coloured, fakeIo())).toBe('open');
  });

  it('draws twenty thousand roots', () => {
    let node: TreeNode = { label: 'leaf' };
    for (let depth = 0; depth < 5; depth += 1) node = { label: `n${depth}`, children: [node] };
    const wide = Array.from({ length: 20_000 }, () => node);
    expect(renderTree(wide, fakeIo()).split('\n')).toHaveLength(120_000);
  });

  it('is empty without nodes', () => {
    expect(renderTree([], fakeIo())).toBe('');
  });
});
