import type { Session } from '../../context.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { StandingResource } from '../../release/destroy-plan.ts';
import { thingName } from '../../release/thing-name.ts';
import type { Standing } from '../stacks/read-standing.ts';

/** A repository that stays with its images unless somebody asks for more. */
export type FullRepository = StandingResource & { region: string; images: number };

/**
 * Asks for what is lost, each thing by its name; a dev or sandbox environment as a whole by a yes, the others by their
 * name too. Answers with the names that had to be typed. On a dry run they are said instead, each with what is lost.
 */
export async function approveDestroy(
  { environment, prompter, reporter, target }: Pick<Session, 'environment' | 'prompter' | 'reporter' | 'target'>,
  standing: Standing,
  repositories: readonly FullRepository[] = [],
): Promise<string[]> {
  const { stacks, protectedDatabases, fullBuckets, resources } = standing;
  if (stacks.length === 0) return [];
  const busy = stacks.find(({ status }) => handlingOf(status).action === 'wait' && status !== 'DELETE_IN_PROGRESS');
  if (busy) throw underWay(busy.stackName, busy.status);

  const templateOf = (id: string) => stacks.find((stack) => stack.id === id)?.template;
  const precious = environment.kind === 'prod' || environment.kind === 'staging';
  const typed: { name: string; text: string; failure?: string }[] = [
    ...(precious
      ? [
          {
            name: `${environment.name}/environment`,
            text: `All ${stacks.length} stacks of ${environment.name} are deleted`,
          },
        ]
      : []),
    ...protectedDatabases.map(({ stack, logicalId, physicalId }) => ({
      name: `${environment.name}/${thingName(stack, templateOf(stack), logicalId)}`,
      text: `Database ${physicalId} is protected: its protection is lifted and it is deleted after a final snapshot`,
      failure: 'F-85',
    })),
    ...fullBuckets.map(({ stack, logicalId, physicalId, versions, bytes, uploads }) => ({
      name: `${environment.name}/${thingName(stack, templateOf(stack), logicalId)}`,
      text: `Bucket ${physicalId} holds ${versions} object versions (${Math.ceil(bytes / 1024)} KiB)${uploads > 0 ? ` and ${uploads} unfinished uploads` : ''}: they are deleted`,
      failure: 'F-137',
    })),
    ...repositories.map(({ stack, logicalId, physicalId, images }) => ({
      name: `${environment.name}/${thingName(stack, templateOf(stack), logicalId)}`,
      text: `Repository ${physicalId} is deleted with its ${images} images`,
      failure: 'F-142',
    })),
  ];
  reporter.note(
    [
      `${environment.name} in account ${target.account}, ${target.region}${target.sandbox ? ' (sandbox)' : ''}:`,
      ...stacks.map(
        ({ stackName, id }) => `  - ${stackName}  ${counted(resources.filter(({ stack }) => stack === id).length)}`,
      ),
    ].join('\n'),
  );
  for (const question of typed) await prompter.askTyped(question);
  if (!precious) await prompter.ask({ text: `Delete ${environment.name} (account ${target.account})?` });
  return typed.map(({ name }) => name);
}

const counted = (count: number): string => `${count} resource${count === 1 ? '' : 's'}`;

const underWay = (stack: string, status: string) =>
  new PlatformError({
    id: 'stack-busy',
    kind: 'pending',
    message: `Stack ${stack} is ${status}; nothing was deleted`,
    remedy: 'platform deploy --attach follows it to its end, platform cancel takes it back; then run this again',
  });
