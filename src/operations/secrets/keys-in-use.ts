import type { Session } from '../../context.ts';
import { type SecretReference, secretReferencesOf } from '../../domain/secrets/secret-references.ts';
import { type ReleaseRecord, readRelease } from '../../release/release-record.ts';
import { resolveTemplate } from '../../release/resolve-template.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { stateOf } from '../state-of.ts';

/** A key of a secret, or with `key` absent all of it, and what would not start without. */
export interface KeyInUse extends Pick<SecretReference, 'arn' | 'key'> {
  /** `the running tasks of web`, `release 2026…`. */
  by: string;
}

/**
 * What the revisions that services run on, and the newest release, take from Secrets Manager. Without a key of these
 * neither a task that is replaced nor the way back would start (F-44).
 */
export async function keysInUse(session: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<KeyInUse[]> {
  const { state, objects } = await stateOf(session);
  const [running, record] = await Promise.all([
    deployedServices(session, state).then((services) =>
      Promise.all(
        services.map(async ({ name, service }) => {
          const arns = [service.taskDefinition, ...(service.deployments ?? []).map((one) => one.taskDefinition)];
          const definitions = await Promise.all(
            [...new Set(arns)].flatMap((arn) => (arn ? [session.aws.ecs.taskDefinition(arn)] : [])),
          );
          return definitions
            .flatMap(secretReferencesOf)
            .map((one) => ({ ...one, by: `the running revision of ${name}` }));
        }),
      ),
    ),
    state.release ? readRelease(objects, session.environment.name, state.release) : undefined,
  ]);
  return [...running.flat(), ...(record ? keysOfRelease(record) : [])].map(({ arn, key, by }) => ({
    arn,
    by,
    ...(key === undefined ? {} : { key }),
  }));
}

/** The same of the task definitions in the templates of a release. */
export function keysOfRelease({ id, stacks }: ReleaseRecord): KeyInUse[] {
  const references = stacks.flatMap(({ template, parameters }) =>
    taskDefinitionsOf(resolveTemplate(template, parameters)).flatMap(secretReferencesOf),
  );
  return references.map((one) => ({ ...one, by: `release ${id}` }));
}

function taskDefinitionsOf({ Resources = {} }: ReturnType<typeof resolveTemplate>) {
  return Object.values(Resources as Record<string, { Type?: string; Properties?: { ContainerDefinitions?: unknown } }>)
    .filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')
    .map(({ Properties }) => ({
      containerDefinitions: list(Properties?.ContainerDefinitions).map(({ Secrets }) => ({
        // What is not known as a text leads to a secret of the stack's own, which nobody pushes to.
        secrets: list(Secrets).flatMap(({ ValueFrom }) =>
          typeof ValueFrom === 'string' ? [{ valueFrom: ValueFrom }] : [],
        ),
      })),
    }));
}

const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);
