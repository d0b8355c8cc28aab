import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Cause } from './cause.ts';
import { imageSeen } from './collect/image-seen.ts';
import { logTail } from './collect/log-tail.ts';
import { roleRights } from './collect/role-rights.ts';
import { secretContents } from './collect/secret-contents.ts';
import { judgeUnfamiliar } from './judge/by-words.ts';
import { endedContainer, judgeContainerEnd } from './judge/container-end.ts';
import { judgeContainerHealth } from './judge/container-health.ts';
import { judgeDenied } from './judge/denied.ts';
import { type ImageComplaint, imageComplaintOf } from './judge/image-complaint.ts';
import { judgeLogGroup, type LogComplaint, logComplaintOf, logGroupOf } from './judge/log-driver.ts';
import { judgedText, type TaskEnd } from './judge/patient.ts';
import { type PullComplaint, pullComplaintOf, type Refusal } from './judge/pull-complaint.ts';
import { imageOfOthers, judgeImagePull } from './judge/pull-image.ts';
import { judgeSecrets, secretsConcerned, suspectSecrets } from './judge/pull-secrets.ts';
import { judgeStartRefusal, unusableRole } from './judge/start-refusal.ts';
import { judgeUnreached } from './judge/unreached.ts';
import { judgeUnusableRole } from './judge/unusable-role.ts';
import { look } from './look.ts';
import type { Scene } from './scene.ts';
import { evidenceOf } from './shown-evidence.ts';

/**
 * Why tasks ended as they did, or were not started: one family of texts after the other, each with the looks that tell
 * its members apart. None: the text is of no family that we know, and stays unknown.
 */
export async function diagnoseEnd(scene: Scene, end: TaskEnd): Promise<Cause[]> {
  const definition = await scene.definition(end.task?.taskDefinitionArn ?? scene.service?.taskDefinition);
  const pull = heardIn(end, pullComplaintOf);
  if (pull) return secretsOrRegistry(scene, { ...pull, definition });
  const image = heardIn(end, imageComplaintOf);
  if (image) return imagePull(scene, { ...image, definition });
  const log = heardIn(end, logComplaintOf);
  if (log) return logDriver(scene, { ...log, definition });
  const { complaint: role } = heardIn(end, unusableRole) ?? {};
  if (role) {
    const rights = await roleRights(scene.powers, { arn: role, action: 'sts:AssumeRole', resource: '*' });
    scene.seen(rights.role);
    return [judgeUnusableRole(scene.patient, { end, rights })];
  }
  const refused = judgeStartRefusal(scene.patient, end);
  if (refused) return [refused];
  if (/failed container health checks/.test(end.reason))
    return [judgeContainerHealth(scene.patient, { end, definition })];
  // What the load balancer held against it, its target and the service's events say.
  if (/failed ELB health checks/.test(end.reason)) return [];
  if (!endedContainer(end) && scene.patient.once !== 'migration') return judgeUnfamiliar(scene.patient, end);
  const tail = await logOf(scene, end, definition);
  scene.seen(tail);
  return judgeContainerEnd(scene.patient, { end, definition, log: tail });
}

/** What a task or one of its containers complains of, with the field in which it stands; the clearest of them. */
function heardIn<Complaint extends string | { kind: string }>(
  end: TaskEnd,
  complaintOf: (text: string) => Complaint | undefined,
) {
  const containers = (end.task?.containers ?? []).map(({ reason }, index) => ({
    text: judgedText(reason),
    said: evidenceOf('ecs:DescribeTasks', `tasks[${end.index}].containers[${index}].reason`, reason),
  }));
  const heard = [{ text: end.reason, said: end.said }, ...containers].flatMap(({ text, said }) => {
    const complaint = complaintOf(text);
    return complaint === undefined ? [] : [{ complaint, end: { ...end, said } }];
  });
  return heard.find(({ complaint }) => typeof complaint === 'string' || complaint.kind !== 'unknown') ?? heard[0];
}

interface Ended<Complaint> {
  end: TaskEnd;
  complaint: Complaint;
  definition: TaskDefinition | undefined;
}

async function secretsOrRegistry(scene: Scene, ended: Ended<PullComplaint>): Promise<Cause[]> {
  const { patient, powers } = scene;
  const { end, complaint, definition } = ended;
  const contents = async () => {
    const found = await Promise.all(secretsConcerned(complaint, definition).map((arn) => secretContents(powers, arn)));
    for (const { described, shape } of found) {
      scene.seen(described);
      scene.seen(shape);
    }
    return found;
  };
  switch (complaint.kind) {
    case 'denied':
      return [await denied(scene, { end, refusal: complaint.refusal, definition })];
    case 'unreached':
      return [judgeUnreached(patient, { said: end.said, services: [complaint.service], path: await scene.path() })];
    case 'unknown': {
      const [secrets, path] = await Promise.all([contents(), scene.path()]);
      const found = suspectSecrets(patient, { end, definition, secrets });
      const way = judgeUnreached(patient, { said: end.said, services: ['ecr.api', 'secretsmanager'], path });
      return [...found, ...(way.certainty === 'certain' ? [{ ...way, certainty: 'possible' as const }] : [])];
    }
    default:
      return judgeSecrets(patient, { end, complaint, secrets: await contents() });
  }
}

async function denied(
  scene: Scene,
  { end, refusal, definition }: Omit<Ended<never>, 'complaint'> & { refusal: Refusal },
) {
  const arn = definition?.executionRoleArn;
  const { action, resource = '*' } = refusal;
  const rights = arn && action ? await roleRights(scene.powers, { arn, action, resource }) : undefined;
  if (rights) {
    scene.seen(rights.role);
    scene.seen(rights.decision);
  }
  return judgeDenied(scene.patient, { end, refusal, rights });
}

async function imagePull(scene: Scene, { end, complaint, definition }: Ended<ImageComplaint>): Promise<Cause[]> {
  const { patient, powers, ranBefore } = scene;
  if (complaint.kind === 'unknown') return [];
  if (complaint.kind === 'unreached')
    return [
      judgeUnreached(patient, { said: end.said, services: ['ecr.api', 'ecr.dkr', 's3'], path: await scene.path() }),
    ];
  const platform = definition?.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
  const failed = end.task?.containers?.find(({ reason }) => reason) ?? end.task?.containers?.[0];
  const named = failed?.image ?? definition?.containerDefinitions?.[0]?.image ?? '';
  const image = await imageSeen(powers, named, platform);
  scene.seen(image.repository);
  scene.seen(image.facts);
  if (complaint.kind !== 'denied') return [judgeImagePull(patient, complaint, { end, image, platform, ranBefore })];
  if (!image.place) return [imageOfOthers(patient, { end, image, platform, ranBefore })];
  const { region, account, repository } = image.place;
  const refusal: Refusal = {
    action: 'ecr:BatchGetImage',
    resource: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    how: 'unsaid',
  };
  return [await denied(scene, { end, refusal, definition })];
}

async function logDriver(scene: Scene, { end, complaint, definition }: Ended<LogComplaint>): Promise<Cause[]> {
  const { patient, powers } = scene;
  switch (complaint.kind) {
    case 'denied':
      return [await denied(scene, { end, refusal: complaint.refusal, definition })];
    case 'unreached':
      return [judgeUnreached(patient, { said: end.said, services: ['logs'], path: await scene.path() })];
    default: {
      const name = logGroupOf(definition);
      if (name === undefined) return [];
      const group = await look(powers, { what: `log group ${name}`, call: 'logs:DescribeLogGroups' }, () =>
        powers.aws.logs.group(name),
      );
      scene.seen(group);
      // Of an unknown complaint only a group that is really not there is the cause.
      return complaint.kind === 'group-absent' || group.state === 'absent'
        ? [judgeLogGroup(patient, { end, name, group })]
        : [];
    }
  }
}

export function logOf(scene: Scene, { task, ...end }: TaskEnd, definition: TaskDefinition | undefined) {
  const container =
    endedContainer({ ...end, ...(task ? { task } : {}) })?.container.name ?? task?.containers?.[0]?.name;
  return task && definition && container
    ? logTail(scene.powers, { task, definition, container })
    : Promise.resolve({ state: 'absent' as const });
}
