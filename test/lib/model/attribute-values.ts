import fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../../src/lib/model/attribute-value.js';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'a.b', 'x[0]', '', '__proto__', 'S', 'M'),
  fc.string({ maxLength: 4 }),
);
const number = fc.oneof(fc.constantFrom('1', '1.0', '1E0', '-0', '0'), fc.integer({ min: -5, max: 5 }).map(String));
const binary = fc.uint8Array({ maxLength: 4 }).map(bytes => Buffer.from(bytes).toString('base64'));
const members = { minLength: 1, maxLength: 4 };

/** Any attribute value, small, with much that is nearly equal. */
export const attributeValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 3 }).map(S => ({ S })),
    number.map(N => ({ N })),
    binary.map(B => ({ B })),
    fc.boolean().map(BOOL => ({ BOOL })),
    fc.constant({ NULL: true } as const),
    fc.uniqueArray(fc.string({ maxLength: 2 }), members).map(SS => ({ SS })),
    fc.uniqueArray(number, { ...members, selector: Number }).map(NS => ({ NS })),
    fc.uniqueArray(binary, members).map(BS => ({ BS })),
    fc.array(tie('value'), { maxLength: 5 }).map(L => ({ L })),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(entries => ({ M: Object.fromEntries(entries) })),
  ),
})).value;

/** An item with such values. */
export const attributeMap: fc.Arbitrary<AttributeMap> = fc
  .array(fc.tuple(name, attributeValue), { maxLength: 5 })
  .map(entries => Object.fromEntries(entries));
