import type { Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { FailureId } from '../../domain/failure-id.ts';
import type { Cause, Evidence } from '../cause.ts';
import { evidenceOf } from '../shown-evidence.ts';

/** Whom a judgement is about, and how its remedies are to be typed. */
export interface Patient {
  /** As platform.yaml calls it. */
  name: string;
  /** `services.web`. */
  subject: string;
  /** What leads a command to the same environment. */
  flags: string;
  /** Where commands of the AWS CLI have to look. */
  region: string;
  /** That CLI knows nothing of the sandbox by itself. */
  sandboxed: boolean;
  /** What starts it anew, once it is mended. */
  again: string;
  /** What shows its last lines. */
  logs: string;
  /** A task that runs once. */
  once?: OneOff['kind'];
  /** The network belongs to others: what is wrong with it is not for our stacks to mend. */
  foreignNetwork: boolean;
  /** platform.yaml wants a NAT in the network that is ours. */
  natWanted: boolean;
  /** The database that it uses, as platform.yaml calls it; absent: none, or several. */
  database?: string;
  /** Where platform.yaml lets the load balancer ask: its target group goes with its stack. */
  healthPath?: string;
  /** Secrets as platform.yaml calls them. */
  secrets: readonly string[];
}

/** A cause without what was read for it. */
export interface Named {
  id: FailureId;
  what: string;
  remedy: string;
  recurs: Cause['recurs'];
}

/** A task that runs once, by its id. */
export interface OneOff {
  kind: 'run' | 'migration';
  task: string;
}

/** A cause that something was read for. */
export const certain = (patient: Patient, named: Named, evidence: readonly [Evidence, ...Evidence[]]): Cause => ({
  ...named,
  remedy: atAws(patient, named.remedy),
  subject: patient.subject,
  certainty: 'certain',
  evidence,
});

/** One that would explain what was read, as others would. */
export const possible = (patient: Patient, named: Named, evidence: readonly Evidence[]): Cause => ({
  ...named,
  remedy: atAws(patient, named.remedy),
  subject: patient.subject,
  certainty: 'possible',
  evidence,
});

/** Commands of the AWS CLI, led to the region that is meant, or told how they come to the sandbox. */
export const atAws = ({ region, sandboxed }: Patient, remedy: string): string =>
  remedy.replace(
    /\baws (?!sso\b|iam\b|configure\b)[a-z0-9-]+ [a-z0-9-]+/g,
    (command) => `${sandboxed ? 'with what platform sandbox serve prints: ' : ''}${command} --region ${region}`,
  );

/** Tasks of a rollout that ended for the same reason, or were never started for it. */
export interface TaskEnd {
  /** What ECS says of it. */
  reason: string;
  said: Evidence;
  count: number;
  /** The newest of them; absent where ECS only tells of it, in an event or a refusal. */
  task?: Task;
  /** Its place among those that ended, newest first. */
  index: number;
}

/** More than AWS writes; what others write there is searched no further. */
const JUDGED = 4_096;

/** A text of AWS as it is searched: what is captured of it goes into sentences of ours. */
export const judgedText = (text: string | undefined): string => cleanText((text ?? '').slice(0, JUDGED));

/** What ECS wrote on a task that ended. */
export const endOf = (task: Task, { index, count }: { index: number; count: number }): TaskEnd => ({
  reason: judgedText(task.stoppedReason),
  said: evidenceOf('ecs:DescribeTasks', `tasks[${index}].stoppedReason`, task.stoppedReason),
  count,
  task,
  index,
});

/** A service or another component of an environment. */
export function patientOf(environment: Session['environment'], name: string, once?: OneOff): Patient {
  const { services, secrets, network, migrations } = environment.blocks;
  const uses: readonly string[] = services[name]?.uses ?? migrations?.uses ?? [];
  const flags = environmentFlags(environment);
  const databases = uses.flatMap((use) => (use.startsWith('db.') ? [use.slice('db.'.length)] : []));
  return {
    name,
    subject: services[name] ? `services.${name}` : name,
    flags,
    region: environment.region,
    sandboxed: environment.sandboxed,
    ...(once
      ? {
          once: once.kind,
          again: once.kind === 'migration' ? `platform migrate ${flags}` : 'the same command again',
          logs: `platform logs --task ${once.task} ${flags}`,
        }
      : { again: `platform redeploy ${name} ${flags}`, logs: `platform logs ${name} --stopped ${flags}` }),
    foreignNetwork: network.existing !== undefined,
    natWanted: network.existing === undefined && network.nat !== 'none',
    secrets: Object.keys(secrets),
    ...(services[name]?.health?.path ? { healthPath: services[name].health.path } : {}),
    ...(databases.length === 1 ? { database: databases[0]! } : {}),
  };
}

/** What platform.yaml calls a secret of this name in Secrets Manager; undefined: nothing. */
export const secretBlock = ({ secrets }: Patient, secretName: string): string | undefined =>
  secrets.find((block) => secretName === block || secretName.endsWith(`/${block}`));
