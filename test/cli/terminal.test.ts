import { afterEach, describe, expect, it, vi } from 'vitest';
import { factRows, unbroken, wrap } from '../../src/cli/layout.js';
import { ProgressLine } from '../../src/cli/progress.js';
import { Terminal } from '../../src/cli/terminal.js';
import { displayWidth, truncate, visible } from '../../src/cli/visible.js';

function terminal(written: string[], columns: number | undefined): Terminal {
  const output = {
    isTTY: columns !== undefined,
    columns,
    async write(piece: string | Uint8Array) {
      written.push(String(piece));
    },
  };
  return new Terminal(output, {});
}

describe('visible text', () => {
  it('escapes what a terminal would act on and leaves the rest', () => {
    expect(visible('Grüße ✓ 漢字 😀\u00a0')).toBe('Grüße ✓ 漢字 😀\u00a0');
    expect(visible('a\x1b[31mb\r\n\t\x00\x7f\x9b')).toBe('a\\x1b[31mb\\r\\n\\t\\x00\\x7f\\x9b');
    expect(visible('\u2028\u202e\u2066\ud800')).toBe('\\u2028\\u202e\\u2066\\ud800');
  });

  it('is measured in columns', () => {
    expect(displayWidth('plain')).toBe(5);
    expect(displayWidth('\x1b[31;1mred\x1b[0m')).toBe(3);
    expect(displayWidth('漢字')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('😀')).toBe(2);
    expect(displayWidth('☑⚠│')).toBe(3);
  });

  it('is cut with a sign', () => {
    expect(truncate('12345', 5)).toBe('12345');
    expect(truncate('123456', 5)).toBe('1234…');
    expect(truncate('漢字漢字', 5)).toBe('漢字…');
    expect(displayWidth(truncate('漢字漢字', 4))).toBeLessThanOrEqual(4);
  });
});

describe('layout', () => {
  it('breaks at blanks, and not where it must not', () => {
    expect(wrap('aa bb cc', 5)).toStrictEqual(['aa bb', 'cc']);
    expect(wrap('aa longer-than-that b', 5)).toStrictEqual(['aa', 'longer-than-that', 'b']);
    expect(wrap(`aa ${unbroken('b c')}`, 5)).toStrictEqual(['aa', 'b c']);
    expect(wrap('漢字 漢字', 8)).toStrictEqual(['漢字', '漢字']);
    expect(wrap('', 5)).toStrictEqual(['']);
  });

  it('wraps values beside their labels', () => {
    const rows = [
      ['a', 'one two three four five'],
      ['label', 'x'],
    ] as const;
    expect(factRows(rows, terminal([], 20))).toStrictEqual([
      '\x1b[2ma\x1b[22m      one two three',
      '       four five',
      '\x1b[2mlabel\x1b[22m  x',
    ]);
  });

  it('has 80 columns where there is no terminal, and at least 20', () => {
    expect(terminal([], undefined).width).toBe(80);
    expect(terminal([], 132).width).toBe(132);
    expect(terminal([], 0).width).toBe(20);
  });
});

describe('progress', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Shows progress every 50 ms for a second. */
  async function work(columns: number | undefined): Promise<string[]> {
    const written: string[] = [];
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const line = new ProgressLine(terminal(written, columns));
    for (; now < 1000; now += 50) line.show({ stage: 'scan', loaded: now * 1e6, total: 1e9 });
    await line.clear();
    return written;
  }

  it('appears on a terminal when it takes long, and is wiped', async () => {
    const written = await work(80);
    expect(written[0]).toBe('\r\x1b[Kchecking: 400 MB of 1.0 GB');
    expect(written).toHaveLength(7);
    expect(written.at(-1)).toBe('\r\x1b[K');
  });

  it('does not appear elsewhere', async () => {
    expect(await work(undefined)).toStrictEqual([]);
  });
});
