import type { Aws } from './aws/aws.ts';
import type { AwsProfile } from './aws/shared-config.ts';
import type { Cdk, Templates } from './cdk/cdk.ts';
import type { EffectiveEnvironment, Project } from './config/project.ts';
import type { Prompter } from './io/prompter.ts';
import type { Reporter } from './io/reporter.ts';
import type { EngineSearch } from './process/find-engine.ts';

/** Defined once in `cli/program.ts`, the same for every command. */
export interface GlobalFlags {
  /** `--env`; absent: `defaults.environment`. */
  readonly env?: string;
  /** `--sandbox`: rehearse the environment on the embedded AWS. */
  readonly sandbox: boolean;
  readonly profile?: string;
  readonly region?: string;
  /** `--mfa-code`: answers the question of a profile with mfa_serial. */
  readonly mfaCode?: string;
  readonly json: boolean;
  readonly yes: boolean;
  /** `--confirm <environment>/<thing>`, once per thing. */
  readonly confirm: readonly string[];
  readonly dryRun: boolean;
  readonly debug: boolean;
  /** `--speed`: virtual time per real time on the sandbox; absent: as fast as it goes. */
  readonly speed?: number;
}

/** Time as operations see it, so that tests can step it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What every command is given: ways to speak, to ask, and to reach the project. Nothing is opened until asked for. */
export interface Context {
  readonly flags: GlobalFlags;
  readonly reporter: Reporter;
  readonly prompter: Prompter;
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C; carried into AWS calls and child processes. */
  readonly signal: AbortSignal;
  /** The working directory, after `-C`. */
  readonly directory: string;
  /** The process's environment variables, captured once. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Loads platform.yaml; throws a usage error that lists every problem. */
  project(): Promise<Project>;
  /** The project and the environment of `--env`, without asking AWS anything. */
  configured(): Promise<{ project: Project; environment: EffectiveEnvironment }>;
  /** The profiles of the shared configuration files, and how each gets its keys. */
  profiles(): Promise<AwsProfile[]>;
  /** Looks for an engine whose daemon answers, once: docker, podman, nerdctl or finch. */
  containerEngine(): Promise<EngineSearch>;
  /** Makes and checks templates, offline; aws-cdk-lib is loaded when first used. */
  readonly templates: Templates;
  /** The environment of `--env`, its account fence passed: the first call of every command that touches AWS. */
  open(): Promise<Session>;
  /** Another environment of the same project, past its own account fence, beside the one of `--env`. */
  beside(environment: string): Promise<Session>;
  /** The server of the project's sandbox, for what is no call of AWS; it is started when it does not run. */
  sandboxServer(): Promise<{ readonly port: number; readonly token: string }>;
  /** Another command line of ours, in the same place and process; its own `--yes` and `--confirm`. Answers its exit code. */
  platform(words: readonly string[]): Promise<number>;
}

/** Where an environment lives, and how to sign for it. */
export interface Target {
  readonly account: string;
  readonly region: string;
  /** The embedded AWS: containers and databases may be simulated. */
  readonly sandbox: boolean;
  /** Absent: AWS's own endpoints. */
  readonly endpoint?: string;
  /** Who we are, as STS says. */
  readonly principal: string;
  /** Real milliseconds of our own polls; short on the sandbox. */
  readonly pollMs: number;
  /** When the credentials end, in milliseconds since 1970; absent: they do not say. */
  readonly credentialsEndAt?: number;
  /** Where the CDK keeps its caches, which map access keys to accounts: the sandbox has its own. */
  readonly cdkHome?: string;
}

/** A context with an environment: its configuration, and AWS behind the account fence. */
export interface Session extends Context {
  readonly environment: EffectiveEnvironment;
  readonly target: Target;
  readonly aws: Aws;
  readonly cdk: Cdk;
  /** `.platform/` beside platform.yaml: run records, synthesized templates; never committed. */
  readonly workDirectory: string;
}
