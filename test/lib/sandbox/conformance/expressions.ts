import type { Item } from './store.js';

/** The key of the item. */
export const KEY = { pk: { S: 'a' } };
/** The item that all expressions are about: one attribute of each type. */
export const ITEM: Item = {
  ...KEY,
  n: { N: '5' },
  s: { S: 'hello world' },
  b: { B: new Uint8Array([1, 2, 3]) },
  flag: { BOOL: true },
  nil: { NULL: true },
  l: { L: [{ N: '1' }, { S: 'two' }, { M: { x: { N: '3' } } }] },
  m: { M: { nested: { M: { deep: { S: 'here' } } }, n: { N: '7' } } },
  tags: { SS: ['red', 'green'] },
  ints: { NS: ['1', '2'] },
};

const FIVE = { ':v': { N: '5' } };

/** Conditions, whether they hold for the item, and the values that they use. */
export const CONDITIONS: readonly (readonly [string, boolean, Item?])[] = [
  ['n = :v', true, { ':v': { N: '5.0' } }],
  ['n = :v', false, { ':v': { S: '5' } }],
  ['n <> :v', true, { ':v': { S: '5' } }],
  ['n < :v', true, { ':v': { N: '10' } }],
  ['n > :v', false, { ':v': { N: '10' } }],
  ['n >= :v', true, FIVE],
  ['n <= :v', true, FIVE],
  ['s < :v', false, { ':v': { S: 'hello' } }],
  ['s < :v', false, { ':v': { N: '5' } }],
  ['b > :v', true, { ':v': { B: new Uint8Array([1, 2]) } }],
  ['absent <> :v', true, FIVE],
  ['absent = :v', false, FIVE],
  ['n BETWEEN :low AND :v', true, { ':v': { N: '5' }, ':low': { N: '-1' } }],
  ['n BETWEEN :low AND :v AND attribute_exists(s)', true, { ':v': { N: '5' }, ':low': { N: '-1' } }],
  ['n IN (:a, :v)', true, { ':v': { N: '5' }, ':a': { N: '1' } }],
  ['n IN (:a)', false, { ':a': { N: '1' } }],
  ['attribute_exists(m.nested.deep)', true],
  ['attribute_exists(m.nested.nowhere)', false],
  ['attribute_not_exists(l[3])', true],
  ['attribute_exists(l[2].x)', true],
  ['attribute_type(n, :t)', true, { ':t': { S: 'N' } }],
  ['attribute_type(tags, :t)', true, { ':t': { S: 'SS' } }],
  ['begins_with(s, :v)', true, { ':v': { S: 'hello' } }],
  ['begins_with(b, :v)', true, { ':v': { B: new Uint8Array([1, 2]) } }],
  ['contains(s, :v)', true, { ':v': { S: 'o w' } }],
  ['contains(tags, :v)', true, { ':v': { S: 'red' } }],
  ['contains(tags, :v)', false, { ':v': { S: 're' } }],
  ['contains(ints, :v)', true, { ':v': { N: '2.0' } }],
  ['contains(l, :v)', true, { ':v': { S: 'two' } }],
  ['size(s) = :v', true, { ':v': { N: '11' } }],
  ['size(l) = :v', true, { ':v': { N: '3' } }],
  ['size(tags) = :v', true, { ':v': { N: '2' } }],
  ['size(b) = :v', true, { ':v': { N: '3' } }],
  ['size(n) = :v', false, { ':v': { N: '1' } }],
  ['NOT n = :v', false, FIVE],
  ['NOT (n = :v OR attribute_exists(nil))', false, FIVE],
  ['n = :v OR n = :v AND attribute_exists(absent)', true, FIVE],
  ['(n = :v OR n = :v) AND attribute_exists(absent)', false, FIVE],
  ['n = :v and not attribute_exists(absent)', true, FIVE],
  ['m = :v', true, { ':v': ITEM['m'] ?? { NULL: true } }],
  ['tags = :v', true, { ':v': { SS: ['green', 'red'] } }],
  ['m.n > n', true],
];

/** Conditions that cannot be asked, what is said of them, and the values that they use. */
export const REFUSED_CONDITIONS: readonly (readonly [string, string, Item?])[] = [
  ['n = ', 'Syntax error; token: "<EOF>"'],
  ['n ! :v', 'Syntax error; token: "!"', { ':v': { N: '1' } }],
  ['status = :v', 'Attribute name is a reserved keyword; reserved keyword: status', { ':v': { N: '1' } }],
  [
    '#x = :v',
    'An expression attribute name used in the document path is not defined; attribute name: #x',
    { ':v': { N: '1' } },
  ],
  [
    'n = :v',
    'An expression attribute value used in expression is not defined; attribute value: :v',
    { ':w': { N: '1' } },
  ],
  [
    'attribute_exists(n)',
    'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
    { ':v': { N: '1' } },
  ],
  ['exists(n)', 'Invalid function name; function: exists'],
  ['attribute_type(n, :t)', 'Invalid attribute type name found; type: X', { ':t': { S: 'X' } }],
  ['', 'The expression can not be empty'],
  [' ', 'Syntax error; token: "<EOF>"'],
  ['n = :v :v', 'Syntax error; token: ":v"', { ':v': { N: '1' } }],
];

/** Updates of the item, the values that they use, and what is then so. */
export const UPDATES: readonly (readonly [string, Item | undefined, Item])[] = [
  ['SET n = n + :v', { ':v': { N: '0.1' } }, { n: { N: '5.1' } }],
  ['SET n = n - :v', { ':v': { N: '10' } }, { n: { N: '-5' } }],
  ['SET n = :a - :v', { ':a': { N: '1e20' }, ':v': { N: '1' } }, { n: { N: '99999999999999999999' } }],
  ['SET fresh = if_not_exists(fresh, :v)', { ':v': { S: 'new' } }, { fresh: { S: 'new' } }],
  ['SET n = if_not_exists(n, :v) + :v', { ':v': { N: '1' } }, { n: { N: '6' } }],
  [
    'SET l = list_append(l, :v)',
    { ':v': { L: [{ S: 'end' }] } },
    { l: { L: [...(ITEM['l']?.L ?? []), { S: 'end' }] } },
  ],
  ['SET l[1] = :v', { ':v': { S: 'new' } }, { l: { L: [{ N: '1' }, { S: 'new' }, { M: { x: { N: '3' } } }] } }],
  ['SET l[9] = :v', { ':v': { S: 'end' } }, { l: { L: [...(ITEM['l']?.L ?? []), { S: 'end' }] } }],
  ['SET m.nested.deep = s', undefined, { m: { M: { nested: { M: { deep: { S: 'hello world' } } }, n: { N: '7' } } } }],
  [
    'SET n = m.n, m.n = n',
    undefined,
    { n: { N: '7' }, m: { M: { nested: { M: { deep: { S: 'here' } } }, n: { N: '5' } } } },
  ],
  ['REMOVE l[0], l[1]', undefined, { l: { L: [{ M: { x: { N: '3' } } }] } }],
  ['REMOVE m.nested.deep', undefined, { m: { M: { nested: { M: {} }, n: { N: '7' } } } }],
  ['ADD n :v', { ':v': { N: '3' } }, { n: { N: '8' } }],
  ['ADD tally :v', { ':v': { N: '3' } }, { tally: { N: '3' } }],
  ['ADD ints :v', { ':v': { NS: ['2', '3'] } }, { ints: { NS: ['1', '2', '3'] } }],
  ['DELETE tags :v', { ':v': { SS: ['red', 'blue'] } }, { tags: { SS: ['green'] } }],
  ['set n = :v remove s', { ':v': { N: '1' } }, { n: { N: '1' } }],
];

/** Updates that cannot be made, what is said of them, and the values that they use. */
export const REFUSED_UPDATES: readonly (readonly [string, string, Item?])[] = [
  ['SET pk = :v', 'Cannot update attribute pk. This attribute is part of the key', { ':v': { S: 'b' } }],
  ['SET n = s + :v', 'incorrect data type: operator or function: +, operand type: S', { ':v': { N: '1' } }],
  ['ADD s :v', 'incorrect data type', { ':v': { N: '1' } }],
  ['SET n = absent', 'refers to an attribute that does not exist in the item'],
  [
    'SET absent.x = :v',
    'The document path provided in the update expression is invalid for update',
    { ':v': { N: '1' } },
  ],
  ['SET m = :v, m.n = :v', 'Two document paths overlap', { ':v': { N: '1' } }],
  ['SET n = :v SET s = :v', 'The "SET" section can only be used once', { ':v': { N: '1' } }],
  ['CHANGE n', 'Syntax error; token: "CHANGE"'],
  ['SET n = :v + n', 'more than 38 significant digits', { ':v': { N: '1e60' } }],
];
