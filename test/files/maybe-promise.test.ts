import { describe, expect, it } from 'vitest';
import { type MaybePromise, runSteps, type Steps, settled } from '../../src/files/maybe-promise.js';

function* sum(...values: MaybePromise<number>[]): Steps<number> {
  let total = 0;
  for (const value of values) total += yield* settled(value);
  return total;
}

describe('runSteps', () => {
  it('ends in the same turn as long as nothing is a promise', () => {
    expect(runSteps(sum(1, 2, 3))).toBe(6);
  });

  it('gives a promise as soon as one value is', async () => {
    const pending = runSteps(sum(1, Promise.resolve(2), 3, Promise.resolve(4)));
    expect(pending).toBeInstanceOf(Promise);
    expect(await pending).toBe(10);
  });

  it('lets the steps catch what a promise was rejected with', async () => {
    const steps = function* (): Steps<string> {
      try {
        return yield* settled(Promise.reject(new Error('gone')));
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(await runSteps(steps())).toBe('gone');
  });

  it('passes errors on: thrown at once, or as a rejection', async () => {
    const failing = function* (first: MaybePromise<number>): Steps<number> {
      yield* settled(first);
      throw new Error('broken');
    };
    expect(() => runSteps(failing(1))).toThrow('broken');
    await expect(runSteps(failing(Promise.resolve(1)))).rejects.toThrow('broken');
  });
});
