/**
 * One implementation for synchronous and asynchronous readers: a generator that pauses wherever a value may
 * be a promise. Driven over a synchronous {@link SessionFiles} it never leaves the current turn.
 */

export type MaybePromise<T> = T | Promise<T>;

/** A computation that pauses at values which may be promises; `T` is what it returns. */
export type Steps<T> = Generator<MaybePromise<unknown>, T, unknown>;

/** Inside a {@link Steps} generator: `const bytes = yield* settled(files.read(path));` */
export function* settled<T>(value: MaybePromise<T>): Steps<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/**
 * Runs the steps to their end: at once as long as no value is a promise, else as a promise. A rejected promise
 * is thrown into the generator, where it can be caught.
 */
export function runSteps<T>(steps: Steps<T>): MaybePromise<T> {
  let step = steps.next();
  while (!step.done) {
    if (step.value instanceof Promise) return continueLater(steps, step.value);
    step = steps.next(step.value);
  }
  return step.value;
}

async function continueLater<T>(steps: Steps<T>, pending: Promise<unknown>): Promise<T> {
  let step = await resumeWith(steps, pending);
  while (!step.done) step = await resumeWith(steps, step.value);
  return step.value;
}

async function resumeWith<T>(steps: Steps<T>, value: unknown): Promise<IteratorResult<unknown, T>> {
  let settledValue: unknown;
  try {
    settledValue = await value;
  } catch (error) {
    return steps.throw(error);
  }
  return steps.next(settledValue);
}
