import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { ecrImageOf } from '../../domain/ecr-image.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { secretReferencesOf } from '../../domain/secrets/secret-references.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { pushRemedy, restoreRemedy } from '../secrets/secret-problems.ts';

export interface Startable {
  /** As platform.yaml calls it. */
  name: string;
  definition: TaskDefinition | undefined;
}

/**
 * What would keep a task of these definitions from starting, told before anything is replaced: images that are gone
 * (F-43), secrets that are gone or about to be (F-90, F-91), keys that a secret does not have (F-44). Only reads.
 */
export async function startProblems(
  session: Pick<Session, 'aws' | 'environment' | 'reporter'>,
  services: readonly Startable[],
): Promise<Problem[]> {
  const looks = sharedLooks(session.aws);
  const found = await Promise.all(
    services.map(async ({ name, definition }) =>
      definition
        ? [
            ...(await imageProblems(looks, name, definition)),
            ...(await secretProblems(session, looks, name, definition)),
          ]
        : [],
    ),
  );
  return found.flat();
}

type Looks = ReturnType<typeof sharedLooks>;

/** Many services are given the same secrets, and some the same image: each is looked at once. */
function sharedLooks(aws: Session['aws']) {
  const once = <T>(look: (id: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (id: string): Promise<T> => {
      const answer = known.get(id) ?? look(id);
      known.set(id, answer);
      return answer;
    };
  };
  return {
    isThere: once(async (image: string) => {
      const place = ecrImageOf(image);
      // Of other registries we cannot tell.
      if (!place || place.account !== aws.account) return true;
      return (await aws.in(place.region).ecr.image(place.repository, place.reference)) !== undefined;
    }),
    secret: once((arn: string) => aws.secrets.describe(arn)),
    keys: once((arn: string) => aws.secrets.keys(arn)),
  };
}

async function imageProblems(looks: Looks, name: string, definition: TaskDefinition): Promise<Problem[]> {
  const images = new Set((definition.containerDefinitions ?? []).map(({ image = '' }) => image));
  const checked = await Promise.all([...images].map(async (image) => ((await looks.isThere(image)) ? [] : [image])));
  return checked.flat().map((image) => ({
    rule: 'F-43',
    severity: 'error',
    path: `services.${name}`,
    message: `The image of ${name} is no longer in ECR: ${image}`,
    remedy: `platform deploy builds and pushes it again; or platform deploy --image ${name}=<tag> with one that is there`,
    evidence: [evidenceOf('ecr:DescribeImages', `imageDetails of ${image}`, [])],
  }));
}

async function secretProblems(
  { environment, reporter }: Pick<Session, 'environment' | 'reporter'>,
  looks: Looks,
  name: string,
  definition: TaskDefinition,
): Promise<Problem[]> {
  const wanted = Map.groupBy(secretReferencesOf(definition), ({ arn }) => arn);
  const problem = (
    rule: string,
    message: string,
    remedy: string,
    evidence: NonNullable<Problem['evidence']>,
  ): Problem => ({
    rule,
    severity: 'error',
    path: `services.${name}`,
    message,
    remedy,
    evidence,
  });
  const checked = await Promise.all(
    [...wanted].map(async ([arn, references]) => {
      const secret = await looks.secret(arn);
      if (!secret)
        return [
          problem(
            'F-90',
            `${name} is given secret ${arn}, which is not there`,
            `platform deploy ${environmentFlags(environment)} leads it to the one that is`,
            [evidenceOf('secretsmanager:DescribeSecret', arn, undefined)],
          ),
        ];
      if (secret.DeletedDate)
        return [
          problem(
            'F-91',
            `${name} is given secret ${secret.Name}, which is scheduled for deletion`,
            restoreRemedy(environment, secret.Name!),
            [
              evidenceOf(
                'secretsmanager:DescribeSecret',
                `${secret.Name} DeletedDate`,
                secret.DeletedDate.toISOString(),
              ),
            ],
          ),
        ];
      const keys = references.flatMap(({ key }) => (key === undefined ? [] : [key]));
      const held = keys.length > 0 ? await looks.keys(arn) : 'unasked';
      if (held === 'unasked') return [];
      if (held === 'denied') {
        reporter.debug(`the keys of ${secret.Name} cannot be read: secretsmanager:GetSecretValue is denied`);
        return [];
      }
      if (held === undefined)
        return [
          problem(
            'F-47',
            `${name} is given keys of secret ${secret.Name}, whose value is not JSON`,
            pushRemedy(environment, secret.Name!, keys.toSorted()),
            [evidenceOf('secretsmanager:GetSecretValue', `${secret.Name} SecretString`, 'no JSON object')],
          ),
        ];
      const missing = [...new Set(keys)].filter((key) => !held.includes(key)).toSorted();
      return missing.length === 0
        ? []
        : [
            problem(
              'F-44',
              `${name} is given ${missing.join(', ')} of secret ${secret.Name}, which does not have ${missing.length === 1 ? 'it' : 'them'}`,
              pushRemedy(environment, secret.Name!, missing),
              [evidenceOf('secretsmanager:GetSecretValue', `${secret.Name} keys`, held.toSorted())],
            ),
          ];
    }),
  );
  return checked.flat();
}

export const wontStart = (environment: string, problems: readonly Problem[]) =>
  new PlatformError({
    id: 'tasks-would-not-start',
    kind: 'failed',
    message: `Fresh tasks would not start in ${environment}; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
