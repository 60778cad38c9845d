import { describe, expect, it } from 'vitest';
import { describeFault, PatternError } from '../../../src/lib/filter/pattern-fault.js';
import { parsePattern, readPattern } from '../../../src/lib/filter/parse-pattern.js';

/** All that is wrong with a pattern, one sentence each. */
function faultsOf(text: string): readonly string[] {
  return readPattern(text).faults.map(fault => describeFault(fault, text));
}

describe('parsePattern', () => {
  it.each([
    ['', 'it is not JSON: a value should stand here, not the end (column 1)'],
    ['single-string', 'it is not JSON: a value should stand here, not "s" (column 1)'],
    ['[{"eventName": ["INSERT"=123}]', 'it is not JSON: a comma or ] should stand here, not "=" (column 25)'],
    ["{'a': ['b']}", `it is not JSON: a name in double quotes should stand here, not "'" (column 2)`],
    ['{"a" ["b"]}', 'it is not JSON: a colon after "a" should stand here, not "[" (column 6)'],
    ['{"a": ["b"],}', 'it is not JSON: a name in double quotes should stand here, not "}" (column 13)'],
    ['{"a": ["b"]} x', 'it is not JSON: nothing more should stand here, not "x" (column 14)'],
    ['{"a": ["b]}', 'it is not JSON: the text that begins here does not end, or holds a bad escape (column 8)'],
    [`${'['.repeat(1001)}`, 'it is not JSON: it is nested too deeply (column 1001)'],
    ['[]', 'it is not an object (column 1)'],
    ['{}', 'an empty object is not allowed (column 1)'],
    ['{"a": {}}', 'a: an empty object is not allowed (column 7)'],
    ['{"a": []}', 'a: an empty list is not allowed (column 7)'],
    ['{"a": "b"}', 'a: a value must stand in a list (column 7)'],
    ['{\n  "a": {\n    "b.c": "d"}}', 'a["b.c"]: a value must stand in a list (line 3, column 12)'],
    ['{"a": [["b"]]}', 'a: a list cannot stand in a list of conditions (column 8)'],
    ['{"a": [{}]}', 'a: an operator is missing (column 8)'],
    ['{"a": [{"prefx": "b"}]}', 'a: "prefx" is not an operator (column 9)'],
    ['{"a": [{"prefix": "b", "suffix": "c"}]}', 'a: only one operator can stand in one object (column 24)'],
    ['{"a": [{"prefix": 5}]}', 'a: "prefix" takes a text (column 19)'],
    ['{"a": [{"prefix": {"suffix": "b"}}]}', 'a: "prefix" takes a text, or {"equals-ignore-case": "..."} (column 20)'],
    ['{"a": [{"equals-ignore-case": ["b"]}]}', 'a: "equals-ignore-case" takes a text (column 31)'],
    ['{"a": [{"exists": "true"}]}', 'a: "exists" takes true or false, without quotes (column 19)'],
    ['{"a": [{"wildcard": "a**"}]}', 'a: two asterisks in a row cannot stand in "wildcard" (column 21)'],
    ['{"a": [{"wildcard": "a\\\\b"}]}', 'a: in "wildcard" a backslash stands before * or \\ only (column 21)'],
    ['{"a": [{"cidr": "10.0.0.0"}]}', 'a: "10.0.0.0" is not a block of addresses (column 17)'],
    ['{"a": [{"cidr": "10.0.0.0/33"}]}', 'a: "10.0.0.0/33" is not a block of addresses (column 17)'],
    ['{"a": [{"numeric": "> 5"}]}', 'a: "numeric" takes a list of one or two comparisons (column 20)'],
    ['{"a": [{"numeric": [">"]}]}', 'a: "numeric" takes a list of one or two comparisons (column 20)'],
    ['{"a": [{"numeric": ["!=", 5]}]}', 'a: "!=" is not a comparison (column 20)'],
    ['{"a": [{"numeric": [">", "5"]}]}', 'a: ">" takes a number, without quotes (column 20)'],
    [
      '{"a": [{"numeric": ["<", 5, ">", 1]}]}',
      'a: two comparisons are a lower bound and then an upper one (column 20)',
    ],
    ['{"a": [{"numeric": [">", 5, "<", 1]}]}', 'a: no number lies between 5 and 1 (column 20)'],
    ...['true', 'null', '[]', '["a", 1]', '[["a"]]', '[null]'].map(value => [
      `{"a": [{"anything-but": ${value}}]}`,
      'a: "anything-but" takes a text, a number, or a list of either kind (column 25)',
    ]),
    ['{"a": [{"anything-but": {"exists": true}}]}', 'a: "anything-but" cannot be combined with "exists" (column 26)'],
    ...['""', '5', '[]', '["a", ""]'].map(value => [
      `{"a": [{"anything-but": {"prefix": ${value}}}]}`,
      'a: "prefix" within "anything-but" takes a text that is not empty, or a list of them (column 36)',
    ]),
    ...['{"a": ["b"]}', '[]', '[{"a": ["b"]}]', '[{"a": ["b"]}, "c"]'].map(value => [
      `{"$or": ${value}}`,
      '$or: "$or" takes a list of at least two objects (column 2)',
    ]),
    ['{"$or": [{"a": ["b"]}, {"c": 5}]}', '$or[1].c: a value must stand in a list (column 30)'],
  ])('%s: %s', (text, sentence) => {
    expect(faultsOf(text)).toStrictEqual([sentence]);
  });

  it('tells of a name that stands twice, since a parser would keep one of them', () => {
    const text = '{"dynamodb": {"Keys": {"pk": {"S": ["a"]}}}, "dynamodb": {"NewImage": {"b": {"S": ["c"]}}}}';
    expect(faultsOf(text)).toStrictEqual([
      'dynamodb: the name stands twice in one object, and JSON keeps one of them only (column 46)',
    ]);
    expect(faultsOf('{"a": ["b"], "\\u0061": ["c"]}')).toHaveLength(1);
  });

  it('tells all that is wrong, in the order of the text', () => {
    const text = '{"a": 1, "b": {"c": [], "d": {}}, "e": [{"x": 1}, {"exists": 2}]}';
    expect(readPattern(text).faults.map(({ path }) => path.join('.'))).toStrictEqual(['a', 'b.c', 'b.d', 'e', 'e']);
  });

  it('takes 4,096 characters and not one more', () => {
    const wrapped = (length: number) => `{"a": ["${'x'.repeat(length - '{"a": [""]}'.length)}"]}`;
    expect(faultsOf(wrapped(4096))).toStrictEqual([]);
    expect(faultsOf(wrapped(4097))).toStrictEqual(['it has 4097 characters, and Lambda takes 4096 (column 4097)']);
  });

  it('throws one error that names the first fault, counts the others, and ends with what to write', () => {
    expect(() => parsePattern('{"a": "b", "c": []}', 'Filter 2')).toThrow(PatternError);
    expect(() => parsePattern('{"a": "b", "c": []}', 'Filter 2')).toThrow(
      expect.objectContaining({
        code: 'invalid-filter',
        exitCode: 2,
        message: 'Filter 2 is not valid: a: a value must stand in a list (column 7) (and 1 more).',
        hint: 'Write "a": ["b"].',
      }),
    );
  });
});
