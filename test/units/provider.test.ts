import { describe, expect, test } from 'vitest';
import { readManagePy, readProviderFile } from '../../src/units/provider.js';

describe('a .provider file', () => {
  test('names the provider', () => {
    const text = [
      '# made by manage.py',
      '[Other]',
      'name = wrong',
      '[PlainBox Provider]',
      'name = com.example:lab',
      'VERSION: 1.0',
      'description = Two',
      '  lines',
      '; comment',
      'gettext_domain = lab',
    ].join('\n');
    expect(readProviderFile(text)).toEqual({
      name: 'com.example:lab',
      namespace: 'com.example',
      version: '1.0',
      description: 'Two\nlines',
      gettextDomain: 'lab',
      location: null,
      unitsDirectory: null,
      jobsDirectory: null,
    });
  });

  test('may name directories', () => {
    const text = '[PlainBox Provider]\nlocation = /srv/lab\nunits_dir = .\njobs_dir=more\n';
    const { location, unitsDirectory, jobsDirectory } = readProviderFile(text);
    expect([location, unitsDirectory, jobsDirectory]).toEqual(['/srv/lab', '.', 'more']);
  });

  test('an explicit namespace wins, a missing section gives nothing', () => {
    expect(readProviderFile('[PlainBox Provider]\nname = a:b\nnamespace = c\n').namespace).toBe('c');
    expect(readProviderFile('[PlainBox Provider]\nname = plain\n').namespace).toBe('plain');
    expect(readProviderFile('name = a:b\n').namespace).toBeNull();
  });
});

describe('a manage.py', () => {
  test('is read as text', () => {
    const program = [
      '#!/usr/bin/env python3',
      '"""setup(name="doc")"""',
      'from plainbox.provider_manager import setup, N_',
      '# setup(name="comment")',
      'def setup(name="def"): pass',
      'setup(',
      '    name=\'com.example\' ":lab",',
      '    namespace="com.\\u0065xample.lab",',
      '    version=VERSION,',
      '    description=N_("It\'s a (lab), really"),',
      '    gettext_domain=("lab"),',
      '    data=[name(x="y"), {"name": "z"}],',
      ')',
      'setup(name="second")',
    ].join('\n');
    expect(readManagePy(program)).toEqual({
      name: 'com.example:lab',
      namespace: 'com.example.lab',
      version: null,
      description: "It's a (lab), really",
      gettextDomain: 'lab',
      location: null,
      unitsDirectory: null,
      jobsDirectory: null,
    });
  });

  test.each([
    ["setup(name='''a\nb''')", 'a\nb'],
    ["setup(name=r'a\\n:b')", 'a\\n:b'],
    ["setup(name='a\\\nb')", 'ab'],
    ["setup(name='\\x41\\101\\U0001f600\\q')", 'AA\u{1f600}\\q'],
    ["setup(name=b'a')", null],
    ["setup(name=f'a{x}')", null],
    ["setup(name='a' + x)", null],
    ["setup(name=b'(', version='1')", null],
    ["setup(name='a'", null],
    ["setup(name='a", null],
    ['', null],
  ])('%j', (program, name) => {
    expect(readManagePy(program).name).toBe(name);
  });
});
