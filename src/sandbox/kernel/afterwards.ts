/**
 * An answer that stands only when something has really run, which may ask the sandbox itself meanwhile. An operation
 * that returns one has made its changes; `wait` goes on outside of its transaction, where nobody has to wait for it.
 */
export class Afterwards<Output> {
  readonly wait: () => Promise<Output>;

  constructor(wait: () => Promise<Output>) {
    this.wait = wait;
  }
}
