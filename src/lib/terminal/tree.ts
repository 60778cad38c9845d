import type { Io } from './io.js';
import { safeStyledText } from './text.js';

/** One line of a tree and what hangs under it. */
export interface TreeNode {
  /** May be coloured. */
  readonly label: string;
  readonly children?: readonly TreeNode[] | undefined;
}

interface Guides {
  readonly branch: string;
  readonly last: string;
  readonly through: string;
  readonly none: string;
}

const BOX: Guides = { branch: '├─ ', last: '└─ ', through: '│  ', none: '   ' };
const ASCII: Guides = { branch: '|- ', last: '`- ', through: '|  ', none: '   ' };

/**
 * Draws trees, the roots at the margin, one node a line, without a line end at the last. The guides are
 * box-drawing characters, or ASCII where the terminal or the locale does not know them.
 */
export function renderTree(roots: readonly TreeNode[], io: Pick<Io, 'unicode' | 'colour'>): string {
  const guides = io.unicode ? BOX : ASCII;
  const lines: string[] = [];
  // A stack instead of recursion: a lineage of rolled-over shards can be deep.
  const waiting: Pending[] = roots.map(node => ({ node, lead: '', indent: '' })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    lines.push(next.lead + safeStyledText(next.node.label, io.colour.stdout));
    waiting.push(...childrenOf(next, guides).reverse());
  }
  return lines.join('\n');
}

interface Pending {
  readonly node: TreeNode;
  /** What stands before the label. */
  readonly lead: string;
  /** What stands before the guides of its children. */
  readonly indent: string;
}

function childrenOf(parent: Pending, guides: Guides): Pending[] {
  const children = parent.node.children ?? [];
  return children.map((node, index) => {
    const isLast = index === children.length - 1;
    return {
      node,
      lead: parent.indent + (isLast ? guides.last : guides.branch),
      indent: parent.indent + (isLast ? guides.none : guides.through),
    };
  });
}
