import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints, sortCodePoints } from '../../src/python/text.js';

test('texts are sorted by code point, also where UTF-16 says otherwise', () => {
  expect(
    sortCodePoints(['\u{1f600}', '\uff5e', 'b', '', 'B', '10', '2', 'a\ud800', 'a\u{10000}', 'a\ue000']),
  ).toEqual(['', '10', '2', 'B', 'a\ud800', 'a\ue000', 'a\u{10000}', 'b', '\uff5e', '\u{1f600}']);
});

test('sorting and comparing agree on any texts', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', '\ud7ff', '\ud800', '\udc00', '\ue000', '\uffff'),
  });
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(sortCodePoints([...texts])).toEqual([...texts].sort(compareCodePoints));
    }),
  );
});
