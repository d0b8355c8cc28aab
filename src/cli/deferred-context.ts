import type { Context } from '../context.ts';

/** Stands for the context while commands are declared; the real one is made when a command is about to run. */
export class DeferredContext implements Context {
  #context: Context | undefined;

  become(context: Context): void {
    this.#context = context;
  }

  get #real(): Context {
    if (!this.#context) throw new Error('the context is used before a command runs');
    return this.#context;
  }

  get flags() {
    return this.#real.flags;
  }
  get reporter() {
    return this.#real.reporter;
  }
  get prompter() {
    return this.#real.prompter;
  }
  get clock() {
    return this.#real.clock;
  }
  get signal() {
    return this.#real.signal;
  }
  get directory() {
    return this.#real.directory;
  }
  get variables() {
    return this.#real.variables;
  }
  get templates() {
    return this.#real.templates;
  }
  project() {
    return this.#real.project();
  }
  profiles() {
    return this.#real.profiles();
  }
  containerEngine() {
    return this.#real.containerEngine();
  }
  configured() {
    return this.#real.configured();
  }
  open() {
    return this.#real.open();
  }
  beside(environment: string) {
    return this.#real.beside(environment);
  }
  sandboxServer() {
    return this.#real.sandboxServer();
  }
  platform(words: readonly string[]) {
    return this.#real.platform(words);
  }
}
