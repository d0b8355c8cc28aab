/** Real work under way on this machine, which virtual time must not run past. */
export class Holds {
  readonly #held = new Set<object>();
  readonly #change: (apply: () => void) => void;
  #waiting: (() => void)[] = [];

  /** `change` is given every change, and applies it: what went before ends where the change begins. */
  constructor(change: (apply: () => void) => void) {
    this.#change = change;
  }

  get any(): boolean {
    return this.#held.size > 0;
  }

  /** Takes one; the answer gives it back, and does nothing when it is called again. */
  take(): () => void {
    const held = {};
    this.#change(() => this.#held.add(held));
    return () => {
      if (!this.#held.has(held)) return;
      this.#change(() => this.#held.delete(held));
      if (!this.any) this.#tell();
    };
  }

  /** Waits until there are none. */
  none(): Promise<void> {
    return this.any ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  /** Whatever happens goes on without anybody: the end of a world. */
  forget(): void {
    this.#held.clear();
    this.#tell();
  }

  #tell(): void {
    for (const told of this.#waiting.splice(0)) told();
  }
}
