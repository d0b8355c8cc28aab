import { join } from 'node:path';
import type { Command } from 'commander';
import type { AwsProfile } from '../aws/shared-config.ts';
import type { Bundle } from '../cdk/cdk.ts';
import { loadTemplates } from '../cdk/load-cdk.ts';
import type { Project } from '../config/project.ts';
import type { Clock, Context, Session } from '../context.ts';
import { errorDocument } from '../errors/render.ts';
import { AskingPrompter } from '../io/asking-prompter.ts';
import { JsonReporter } from '../io/json-reporter.ts';
import { PlainReporter } from '../io/plain-reporter.ts';
import type { Prompter } from '../io/prompter.ts';
import type { Reporter } from '../io/reporter.ts';
import { COLOURED, PLAIN, wantsColour } from '../io/style.ts';
import type { ConnectSandbox, Surroundings } from '../io/surroundings.ts';
import { terminalQuestions } from '../io/terminal-questions.ts';
import { TerminalReporter } from '../io/terminal-reporter.ts';
import { VERSION } from '../package.ts';
import type { EngineSearch } from '../process/find-engine.ts';
import { bundlerOf } from './bundle-functions.ts';
import { type ParsedFlags, readFlags } from './flags.ts';
import { systemClock } from './system-clock.ts';

/** Where a flag cannot be added, as in a pipeline of others. */
const isOn = (value: string | undefined): boolean => value !== undefined && !/^(|0|false|no|off)$/i.test(value);

/** The context of one command line; every part of it is made when first used. */
export class CliContext implements Context {
  readonly signal: AbortSignal;
  readonly clock: Clock = systemClock;
  readonly #surroundings: Surroundings;
  readonly #json: boolean;
  readonly #program: Command;
  /** In place of that of `--env`. */
  readonly #environment: string | undefined;
  #reporter: JsonReporter | PlainReporter | TerminalReporter | undefined;
  #prompter: Prompter | undefined;
  #project: Promise<Project> | undefined;
  #session: Promise<Session> | undefined;
  /** Gives the sandbox back the pace that it had before `--speed`. */
  #restorePace: (() => Promise<unknown>) | undefined;
  readonly #alongside: Promise<unknown>[] = [];
  #engine: Promise<EngineSearch> | undefined;
  #templates: Context['templates'] | undefined;

  /** The flags are read from the program when they are wanted: it may not have been parsed yet, or not wholly. */
  constructor(
    surroundings: Surroundings,
    signal: AbortSignal,
    { program, json, environment }: { program: Command; json: boolean; environment?: string },
  ) {
    this.#surroundings = surroundings;
    this.signal = signal;
    this.#program = program;
    this.#json = json;
    this.#environment = environment;
  }

  get flags(): ParsedFlags {
    const flags = readFlags(this.#program, this.#surroundings.directory);
    const debug = flags.debug || isOn(this.variables.PLATFORM_DEBUG);
    return {
      ...flags,
      debug,
      json: this.#json,
      ...(this.#environment === undefined ? {} : { env: this.#environment }),
    };
  }

  get variables(): Surroundings['variables'] {
    return this.#surroundings.variables;
  }

  async connectSandbox(options: Parameters<ConnectSandbox>[0]): ReturnType<ConnectSandbox> {
    const { connectSandbox } = this.#surroundings.connectSandbox
      ? this.#surroundings
      : await import('../sandbox/connect.ts');
    const connection = await connectSandbox!(options);
    const { previousSpeed } = connection;
    if (previousSpeed !== undefined)
      this.#restorePace = () => connectSandbox!({ directory: options.directory, speed: previousSpeed });
    return connection;
  }

  get directory(): string {
    return this.flags.directory;
  }

  get pollMs(): number | undefined {
    return this.#surroundings.pollMs;
  }

  get reporter(): Reporter {
    return this.#made();
  }

  #made(): JsonReporter | PlainReporter | TerminalReporter {
    this.#reporter ??= this.#createReporter();
    return this.#reporter;
  }

  get prompter(): Prompter {
    this.#prompter ??= this.#createPrompter();
    return this.#prompter;
  }

  project(): Promise<Project> {
    this.#project ??= import('../config/load.ts').then(({ loadProject }) =>
      loadProject({ cwd: this.directory, env: this.variables }),
    );
    return this.#project;
  }

  async configured(): ReturnType<Context['configured']> {
    const { chosenEnvironment } = await import('./chosen-environment.ts');
    const project = await this.project();
    return { project, environment: chosenEnvironment(project, this.flags) };
  }

  async profiles(): Promise<AwsProfile[]> {
    const { sharedProfiles } = await import('../aws/shared-config.ts');
    return sharedProfiles(this.variables);
  }

  containerEngine(): Promise<EngineSearch> {
    this.#engine ??= import('../process/find-engine.ts').then(({ findEngine }) => findEngine(this));
    return this.#engine;
  }

  get templates(): Context['templates'] {
    this.#templates ??= loadTemplates(process.env, this.bundle);
    return this.#templates;
  }

  get bundle(): Bundle {
    return bundlerOf(() => this.project());
  }

  open(): Promise<Session> {
    this.#session ??= import('./open-session.ts').then(({ openSession }) => openSession(this));
    return this.#session;
  }

  async beside(environment: string): Promise<Session> {
    const [program, json] = [this.#program, this.#json];
    const other = new CliContext(this.#surroundings, this.signal, { program, json, environment });
    // One person reads and answers, and there is one document.
    other.#reporter = this.#made();
    other.#prompter = this.prompter;
    other.#project = this.project();
    const session = await other.open();
    this.alongside(other.settled());
    return session;
  }

  async sandboxServer(): ReturnType<Context['sandboxServer']> {
    const { sandboxServer } = await import('./sandbox-connection.ts');
    const { root } = await this.project();
    return sandboxServer(
      { flags: this.flags, connectSandbox: (options) => this.connectSandbox(options) },
      join(root, '.platform'),
    );
  }

  async platform(words: readonly string[]): Promise<number> {
    const { run } = await import('./run.ts');
    const { placeFlags } = await import('./flags.ts');
    // The one document on stdout is that of the command line that this one is part of.
    const stdout = this.#json ? this.#surroundings.stderr : this.#surroundings.stdout;
    return run([...placeFlags(this.flags), ...words], { ...this.#surroundings, stdout });
  }

  /** Work that belongs to no command and is waited for at the end of each. */
  alongside(work: Promise<unknown>): void {
    this.#alongside.push(work);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#alongside);
  }

  /** Writes the one document of `--json`. */
  finish(error?: unknown): void {
    if (!this.#json) return;
    const reporter = this.reporter as JsonReporter;
    reporter.finish(error === undefined ? undefined : errorDocument(error, VERSION));
  }

  /** After the command, however it ended: `--speed` was for it alone. */
  async end(): Promise<void> {
    this.close();
    // A server that is gone has no pace to be restored, and nothing is to look failed because of this.
    await this.#restorePace?.().catch(() => undefined);
  }

  close(): void {
    if (this.#reporter instanceof TerminalReporter) this.#reporter.close();
  }

  #createReporter(): JsonReporter | PlainReporter | TerminalReporter {
    const { debug, dryRun, noColor } = this.flags;
    const { stderr, variables } = this.#surroundings;
    if (this.#json) return new JsonReporter(this.#surroundings, { debug, dryRun });
    if (!stderr.isTerminal || variables.TERM === 'dumb' || variables.CI) {
      return new PlainReporter(this.#surroundings, { debug, dryRun });
    }
    const style = wantsColour(variables, { isTerminal: true, noColor }) ? COLOURED : PLAIN;
    return new TerminalReporter(this.#surroundings, { debug, dryRun, style });
  }

  #createPrompter(): Prompter {
    const { yes, confirm, dryRun } = this.flags;
    const { stdinIsTerminal, stderr, questions } = this.#surroundings;
    const { reporter, signal } = this;
    const aside = <T>(work: () => Promise<T>) => (reporter instanceof TerminalReporter ? reporter.aside(work) : work());
    return new AskingPrompter({
      yes,
      confirm,
      dryRun,
      noteNeeded: (text) => reporter.note(text),
      ...(stdinIsTerminal && stderr.isTerminal ? { questions: terminalQuestions(aside, signal) } : {}),
      ...(questions ? { questions } : {}),
    });
  }
}
