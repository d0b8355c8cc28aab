import type { Command } from 'commander';
import type { Context } from '../context.ts';

export interface CommandEntry {
  readonly name: string;
  /** The command's own summary once more, so that `--help` need not load it; a test compares them. */
  readonly summary: string;
  readonly load: () => Promise<(context: Context) => Command>;
}

/** In the order of a project's life. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'set a project up: detects what there is and writes platform.yaml',
    load: async () => (await import('../commands/init.ts')).initCommand,
  },
  {
    name: 'config',
    summary: 'look at the configuration',
    load: async () => (await import('../commands/config.ts')).configCommand,
  },
  {
    name: 'validate',
    summary: 'check the configuration and the templates it makes, without asking AWS',
    load: async () => (await import('../commands/validate.ts')).validateCommand,
  },
  {
    name: 'synth',
    summary: 'write the CloudFormation templates of an environment',
    load: async () => (await import('../commands/synth.ts')).synthCommand,
  },
  {
    name: 'diff',
    summary: 'show what a deployment would change',
    load: async () => (await import('../commands/diff.ts')).diffCommand,
  },
  {
    name: 'cost',
    summary: 'estimate what an environment costs in a month, with the source of every price',
    load: async () => (await import('../commands/cost.ts')).costCommand,
  },
  {
    name: 'deploy',
    summary: 'bring an environment to what is configured, and prove it',
    load: async () => (await import('../commands/deploy.ts')).deployCommand,
  },
  {
    name: 'promote',
    summary: 'bring what runs in one environment to the next: the same images, by digest',
    load: async () => (await import('../commands/promote.ts')).promoteCommand,
  },
  {
    name: 'releases',
    summary: 'show what was released, by whom, and what of it is live',
    load: async () => (await import('../commands/releases.ts')).releasesCommand,
  },
  {
    name: 'rollback',
    summary: 'bring an earlier release back, and prove it',
    load: async () => (await import('../commands/rollback.ts')).rollbackCommand,
  },
  {
    name: 'redeploy',
    summary: 'replace the tasks of services by fresh ones, and prove them',
    load: async () => (await import('../commands/redeploy.ts')).redeployCommand,
  },
  {
    name: 'scale',
    summary: 'set how many tasks a service runs, until a deployment changes its scaling',
    load: async () => (await import('../commands/scale.ts')).scaleCommand,
  },
  {
    name: 'pause',
    summary: 'have services and functions run no more, and remember what they had',
    load: async () => (await import('../commands/pause.ts')).pauseCommand,
  },
  {
    name: 'resume',
    summary: 'give paused services and functions back what they had',
    load: async () => (await import('../commands/resume.ts')).resumeCommand,
  },
  {
    name: 'image',
    summary: 'build, push and look at the images that services run',
    load: async () => (await import('../commands/image.ts')).imageCommand,
  },
  {
    name: 'smoke',
    summary: 'ask what is deployed as a visitor would, and compare the answers',
    load: async () => (await import('../commands/smoke.ts')).smokeCommand,
  },
  {
    name: 'status',
    summary: 'show how the stacks and services of an environment stand',
    load: async () => (await import('../commands/status.ts')).statusCommand,
  },
  {
    name: 'outputs',
    summary: 'print addresses, names and ARNs of what is deployed',
    load: async () => (await import('../commands/outputs.ts')).outputsCommand,
  },
  {
    name: 'events',
    summary: 'show what CloudFormation did last, the root cause of a failure first',
    load: async () => (await import('../commands/events.ts')).eventsCommand,
  },
  {
    name: 'explain',
    summary: 'show again what went wrong in a run: the evidence, and what to type',
    load: async () => (await import('../commands/explain.ts')).explainCommand,
  },
  {
    name: 'migrate',
    summary: 'migrate the database of an environment, one runner at a time',
    load: async () => (await import('../commands/migrate.ts')).migrateCommand,
  },
  {
    name: 'run',
    summary: 'run a command once in a fresh task of a service',
    load: async () => (await import('../commands/run.ts')).runCommand,
  },
  {
    name: 'db',
    summary: 'look at databases, protect them and work on them',
    load: async () => (await import('../commands/db.ts')).dbCommand,
  },
  {
    name: 'doctor',
    summary: 'say what is wrong, with the evidence, and mend what can be mended',
    load: async () => (await import('../commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'recover',
    summary: 'get a stack out of a state that it is stuck in, explained first',
    load: async () => (await import('../commands/recover.ts')).recoverCommand,
  },
  {
    name: 'exec',
    summary: 'open a shell in a running task, once the chain that it hangs on holds',
    load: async () => (await import('../commands/exec.ts')).execCommand,
  },
  {
    name: 'logs',
    summary: 'show what containers and functions wrote, crashed and one-off tasks included',
    load: async () => (await import('../commands/logs.ts')).logsCommand,
  },
  {
    name: 'shared',
    summary: 'lend network, load balancer and database of an environment to others',
    load: async () => (await import('../commands/shared.ts')).sharedCommand,
  },
  {
    name: 'queue',
    summary: 'look at queues and their dead letters, move those back, and stop who reads',
    load: async () => (await import('../commands/queue.ts')).queueCommand,
  },
  {
    name: 'destroy',
    summary: 'take an environment down, and say what stays',
    load: async () => (await import('../commands/destroy.ts')).destroyCommand,
  },
  {
    name: 'cleanup',
    summary: 'list what an environment has left behind, and delete what you choose',
    load: async () => (await import('../commands/cleanup.ts')).cleanupCommand,
  },
  {
    name: 'cancel',
    summary: 'take back what is under way, and see it come to rest',
    load: async () => (await import('../commands/cancel.ts')).cancelCommand,
  },
  {
    name: 'lock',
    summary: 'see who is changing an environment, and free it when nobody is',
    load: async () => (await import('../commands/lock.ts')).lockCommand,
  },
  {
    name: 'cert',
    summary: 'request certificates where they are used, and see what they wait for',
    load: async () => (await import('../commands/cert.ts')).certCommand,
  },
  {
    name: 'dns',
    summary: 'see where host names lead, and write their records where the zone is in Route 53',
    load: async () => (await import('../commands/dns.ts')).dnsCommand,
  },
  {
    name: 'site',
    summary: 'build sites and bring their files up',
    load: async () => (await import('../commands/site.ts')).siteCommand,
  },
  {
    name: 'secrets',
    summary: 'fill, compare and look at the secrets of an environment',
    load: async () => (await import('../commands/secrets.ts')).secretsCommand,
  },
  {
    name: 'ci',
    summary: 'let pipelines deploy, without keys that last',
    load: async () => (await import('../commands/ci.ts')).ciCommand,
  },
  {
    name: 'load',
    summary: 'send many requests to one address, and say what its limits and latencies are',
    load: async () => (await import('../commands/load.ts')).loadCommand,
  },
  {
    name: 'access',
    summary: 'say and set who may do what in an environment',
    load: async () => (await import('../commands/access.ts')).accessCommand,
  },
  {
    name: 'bootstrap',
    summary: 'prepare the regions of an environment for the AWS CDK',
    load: async () => (await import('../commands/bootstrap.ts')).bootstrapCommand,
  },
  {
    name: 'eject',
    summary: 'write the stacks as a CDK application of your own, which platform is not needed for',
    load: async () => (await import('../commands/eject.ts')).ejectCommand,
  },
  {
    name: 'sandbox',
    summary: 'serve, break and clear the embedded AWS of the project',
    load: async () => (await import('../commands/sandbox.ts')).sandboxCommand,
  },
  {
    name: 'local',
    summary: 'run an environment of kind local on this machine, and check it',
    load: async () => (await import('../commands/local.ts')).localCommand,
  },
  {
    name: 'completion',
    summary: 'print a script that completes commands, options and environments',
    load: async () => (await import('../commands/completion.ts')).completionCommand,
  },
  {
    name: 'version',
    summary: 'print the version',
    load: async () => (await import('../commands/version.ts')).versionCommand,
  },
];
