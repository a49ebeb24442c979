import { describe, expect, test } from 'vitest';
import type { PyDict, PyValue } from '../../src/python/value.js';
import { checksumText } from '../../src/units/checksum.js';
import { createUnit } from '../../src/units/kinds.js';
import { loadUnits } from '../../src/units/load.js';

const dict = (...members: [string, PyValue][]): PyDict => new Map(members);
const DEL = 'del\x7f \u2028 </script> \t\x01';

describe('the examples of spec units.md 5.2', () => {
  test.each<[PyDict, string | null, string, string]>([
    [
      dict(['id', 'a']),
      null,
      '{"id":"a"}',
      '8489a5deb454a360345c7868bca8672de92b446caf3d3b014af6a56e3d549d30',
    ],
    [dict(['id', 'a']), '', '{"id":"a"}', '8489a5deb454a360345c7868bca8672de92b446caf3d3b014af6a56e3d549d30'],
    [
      dict(['id', 'a']),
      'com.example',
      '{"id":"a","namespace":"com.example"}',
      'da7781b844da2e729562d4afd352d0708f85fdb1ef312f73c3887df0c446d3fe',
    ],
    [
      dict(['zz', '1'], ['id', 'a'], ['namespace', 'own']),
      'com.example',
      '{"id":"a","namespace":"com.example","zz":"1"}',
      '974695304c417952bb39291e098c10f5e50581c07f653b80fa0a354db6e92703',
    ],
    [
      dict(['zz', '1'], ['id', 'a'], ['namespace', 'own']),
      null,
      '{"id":"a","namespace":"own","zz":"1"}',
      '7ced5f0206b3ad926e12b500286f95653a4a6a2247ef179bd73cff465c5731f8',
    ],
    [
      dict(['id', 'a'], ['Z', '1'], ['_b', '2'], ['template-id', 'q']),
      null,
      '{"Z":"1","_b":"2","id":"a","template-id":"q"}',
      '9859161acc9e1fd5081339f847199fa6fde19eedb93a1bf711abe8f772a664b4',
    ],
    [
      dict(['id', DEL]),
      null,
      '{"id":"del\\u007f \\u2028 </script> \\t\\u0001"}',
      '649a7ceb5739d789db292219440816596e5bd265bf1b0d7690c29dcd66feff69',
    ],
    [
      dict(['plugin', 'shell'], ['id', 'used'], ['command', "echo 'hello world'"]),
      null,
      '{"command":"echo \'hello world\'","id":"used","plugin":"shell"}',
      '8c393c19fdfde1b6afc5b79d0a1617ecf7531cd832a16450dc2f3f50d329d373',
    ],
  ])('%j in namespace %j', (data, namespace, text, checksum) => {
    expect(checksumText(data, namespace || null, null)).toBe(text);
    expect(createUnit(data, { namespace }).checksum).toBe(checksum);
  });

  test('YAML values', () => {
    const text =
      '{id: a, flags: [x, y], d: {b: 1, a: null, c: [1.0, true, 1e16, 1e-7, -0.0, 0.1, 100000.0]}, n: 3}';
    const { units, problems } = loadUnits([{ name: 'u.yaml', text, namespace: 'com.example' }]);
    expect(problems).toEqual([]);
    const [unit] = units;
    expect(checksumText(unit!.data, unit!.namespace, null)).toBe(
      '{"d":{"b":1,"a":null,"c":[1.0,true,1e+16,1e-07,-0.0,0.1,100000.0]},"flags":["x","y"],"id":"a","n":3,"namespace":"com.example"}',
    );
    expect(unit!.checksum).toBe('64db1bcbc7d411703bd8417837e549e0ada3ef9998de9602c47a2434183a9f42');
  });

  test('parameters', () => {
    const data = dict(['id', '{x}-{__index__}']);
    const parameters = dict(['x', 'é'], ['__index__', 1n], ['B', '2']);
    expect(checksumText(data, 'ns', parameters)).toBe(
      '{"id":"{x}-{__index__}","namespace":"ns"}{"B":"2","__index__":1,"x":"\\u00e9"}',
    );
    expect(createUnit(data, { namespace: 'ns', parameters }).checksum).toBe(
      '8d75c90e63d05272b192e97d39be32da3a72e8dd1f6f93815edf54c7eedcca9b',
    );
  });

  test('a record of a unit file', () => {
    const text = [
      '# comment',
      'id: foo',
      'plugin: shell',
      '_summary: Zażółć 🎉',
      'command:',
      ' echo "a/b"',
      ' .',
      '   indented',
      ' # not comment',
      'estimated_duration: 1.5',
      '',
    ].join('\n');
    const checksumIn = (namespace: string | null) =>
      loadUnits([{ name: 'f.pxu', text, namespace }]).units[0]?.checksum;
    expect(checksumIn(null)).toBe('7cb368eae14b9ea388a767a78e3209b6460b50311634045e5bf0dc5cfba117c2');
    expect(checksumIn('com.example')).toBe(
      '77543ec744e82fba288b9a5435c17544fa80c5180b556a64d48d1059a3e7aae7',
    );
  });
});

test('empty parameters count, none do not', () => {
  const data = dict(['id', 'a']);
  expect(checksumText(data, null, new Map())).toBe('{"id":"a"}{}');
  expect(checksumText(data, null, null)).toBe('{"id":"a"}');
});

test('keys are sorted by code point, nested ones are not', () => {
  const data = dict(['\u{1f600}', ''], ['\uff5e', ''], ['a', dict(['z', 1n], ['b', 2n])]);
  expect(checksumText(data, null, null)).toBe('{"a":{"z":1,"b":2},"\\uff5e":"","\\ud83d\\ude00":""}');
});

test('order, comments and indentation of a file do not matter, the mark of translatable text does', () => {
  const checksum = (text: string) => loadUnits([{ name: 'f.pxu', text, namespace: null }]).units[0]?.checksum;
  const reference = checksum('id: a\ncommand:\n x\n y\n');
  expect(checksum('\n\n# note\ncommand:\n   x\n   y\nid:    a\n')).toBe(reference);
  expect(checksum('id: a\n_command:\n x\n y\n')).not.toBe(reference);
});
