/** Which kernel serves: by size, by wish, and where WebAssembly is refused. A silent fallback fails here. */

import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The entry point with module state of its own. */
const fresh = () => import('../../src/index.js');

function session(padding: number): Uint8Array {
  const metadata = { title: null, flags: [], running_job_name: null };
  const parts = { jobs: {}, results: {}, desired_job_list: [], metadata };
  const noise = randomBytes(padding).toString('base64');
  return gzipSync(JSON.stringify({ session: { ...parts, noise }, version: 1 }));
}

const small = session(0);
const large = session(1_000_000);

describe('the kernel', () => {
  it.each(['open', 'openSync'] as const)(
    'is WebAssembly with SIMD once a session is worth it: %s',
    async (name) => {
      const { [name]: open } = await fresh();
      expect((await open(small)).kernel).toBe('js');
      expect((await open(large)).kernel).toBe('wasm-simd');
      expect((await open(small)).kernel).toBe('wasm-simd');
    },
  );

  it('is the one that is asked for', async () => {
    const { open, openSync } = await fresh();
    expect((await open(small, { kernel: 'wasm' })).kernel).toBe('wasm-simd');
    expect(openSync(large, { kernel: 'js' }).kernel).toBe('js');
  });

  it('is JavaScript where WebAssembly is refused, unless it is demanded', async () => {
    const { open, openSync } = await fresh();
    const refusal = new Error('refused by the content security policy');
    function refuse(): never {
      throw refusal;
    }
    vi.stubGlobal('WebAssembly', {
      ...Object.fromEntries(Object.getOwnPropertyNames(WebAssembly).map((name) => [name, refuse])),
      validate: () => true,
    });
    expect((await open(large)).kernel).toBe('js');
    expect(openSync(large).kernel).toBe('js');
    expect(openSync(small).kernel).toBe('js');
    await expect(open(large, { kernel: 'wasm' })).rejects.toBe(refusal);
    expect(() => openSync(large, { kernel: 'wasm' })).toThrow(refusal);
  });

  it('is JavaScript where there is no WebAssembly', async () => {
    const { open, openSync } = await fresh();
    vi.stubGlobal('WebAssembly', undefined);
    expect((await open(large)).kernel).toBe('js');
    expect(openSync(large).kernel).toBe('js');
  });

  it('can be set to a module of the package', async () => {
    const { open, openSync, setKernel } = await fresh();
    const { scalar } = await import('../../src/kernel/embedded.js');
    await setKernel(Buffer.from(scalar, 'base64'));
    expect((await open(large)).kernel).toBe('wasm');
    expect(openSync(large).kernel).toBe('wasm');
    await setKernel(Promise.resolve(new WebAssembly.Module(Buffer.from(scalar, 'base64'))));
    expect(openSync(large).kernel).toBe('wasm');
    await expect(setKernel(new Uint8Array(4))).rejects.toThrow(WebAssembly.CompileError);
    expect(openSync(large).kernel).toBe('wasm');
  });

  it('makes the checksums of units once it is there, and they stay the same', async () => {
    const { openSync, setKernel } = await fresh();
    const { wasmKernelSync } = await import('../../src/kernel/wasm.js');
    const { createUnit } = await import('../../src/units/kinds.js');
    const digest = vi.spyOn(wasmKernelSync(), 'sha256');
    const checksums = () =>
      [0, 20, 27, 28, 100, 300_000].map((length) => {
        const data = new Map([['id', '"é'.repeat(length)]]);
        return createUnit(data, { namespace: 'com.example' }).checksum;
      });
    openSync(small);
    const wanted = checksums();
    expect(digest).not.toHaveBeenCalled();
    openSync(large);
    expect(checksums()).toEqual(wanted);
    expect(digest).toHaveBeenCalledTimes(wanted.length);
    const { jsKernel } = await import('../../src/kernel/js.js');
    await setKernel(jsKernel);
    expect(checksums()).toEqual(wanted);
    expect(digest).toHaveBeenCalledTimes(wanted.length);
  });
});
