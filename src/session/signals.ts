/** Notifications: listeners are called synchronously, in the order of connection (spec `state.md` 5). */

export type Listener<Arguments extends readonly unknown[]> = (...args: Arguments) => void;

/** One kind of event with the types of its arguments. */
export class Signal<Arguments extends readonly unknown[] = []> {
  #listeners: readonly Listener<Arguments>[] = [];

  /**
   * Adds a listener; a listener connected twice is called twice.
   *
   * @returns a function that removes this connection
   */
  connect(listener: Listener<Arguments>): () => void {
    const connection: Listener<Arguments> = (...args) => listener(...args);
    this.#listeners = [...this.#listeners, connection];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== connection);
    };
  }

  /** True when somebody listens. */
  get connected(): boolean {
    return this.#listeners.length > 0;
  }

  /**
   * Calls every listener that is connected at this moment, also those that another listener disconnects
   * meanwhile. What a listener throws propagates, and the listeners after it are not called.
   */
  fire(...args: Arguments): void {
    for (const listener of this.#listeners) listener(...args);
  }
}
