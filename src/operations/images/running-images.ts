import type { Session } from '../../context.ts';
import type { Unseen } from '../../diagnosis/cause.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import { type Look, look } from '../../diagnosis/look.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { ecrImageOf } from '../../domain/ecr-image.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { ImageFacts } from '../../domain/image-facts.ts';
import { judgeImage } from '../../domain/judge-image.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Startable } from '../services/start-problems.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal'>;

/** What the registry says against the images that services run: their platform, their parts, their size (F-35, F-41). */
export async function judgeRunningImages(
  session: Powers,
  services: readonly Startable[],
): Promise<{ problems: Problem[]; unseen: (Unseen & { name: string })[] }> {
  const examined = new Map<string, Promise<Look<ImageFacts>>>();
  const examine = (what: string, image: string, architecture: string) => {
    const key = `${image} ${architecture}`;
    const known = examined.get(key) ?? factsOf(session, what, { image, architecture });
    examined.set(key, known);
    return known;
  };
  const found = await Promise.all(services.map((one) => judgeOne(session, one, examine)));
  return { problems: found.flatMap(({ problems }) => problems), unseen: found.flatMap(({ unseen }) => unseen) };
}

type Examine = (what: string, image: string, architecture: string) => Promise<Look<ImageFacts>>;

/** Some services run the same image: it is looked at once. */
function factsOf(
  powers: Powers,
  what: string,
  { image, architecture }: { image: string; architecture: string },
): Promise<Look<ImageFacts>> {
  const { region, repository, reference } = ecrImageOf(image)!;
  const aws = powers.aws.in(region);
  return look(powers, { what, call: 'ecr:BatchGetImage' }, () =>
    examineImage({ aws }, { repository, reference, platform: `linux/${architecture}` }),
  );
}

async function judgeOne(session: Powers, { name, definition }: Startable, examine: Examine) {
  const nothing = { problems: [], unseen: [] };
  const container = definition?.containerDefinitions?.[0];
  const place = container?.image === undefined ? undefined : ecrImageOf(container.image);
  // Of other registries we cannot tell.
  if (!container || !place || place.account !== session.aws.account) return nothing;
  const architecture = definition?.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64';
  const { repository } = place;
  const facts = await examine(`the image of ${name}`, container.image!, architecture);
  if (facts.state === 'unseen') return { problems: [], unseen: [{ ...facts.unseen, name }] };
  // That it is gone is told by who looks whether tasks would start.
  if (facts.state === 'absent') return nothing;
  const port = container.portMappings?.[0]?.containerPort;
  const command = container.command;
  const use = {
    component: name,
    architecture,
    flags: environmentFlags(session.environment),
    ...(port === undefined ? {} : { port }),
    ...(command?.length ? { command } : {}),
  } as const;
  const read: Partial<Record<string, unknown>> = {
    'image-platform': facts.value.platforms,
    'image-media-type': facts.value.mediaType,
    'image-port': facts.value.ports,
    'image-size': facts.value.bytes,
  };
  const problems = judgeImage(facts.value, use).map(
    ({ id, failure, severity, message, remedy }): Problem => ({
      rule: failure ?? id,
      severity,
      path: `services.${name}`,
      message,
      remedy,
      evidence: [
        evidenceOf('ecr:BatchGetImage', `${repository}@${facts.value.digest} ${id}`, read[id] ?? message),
        evidenceOf('ecs:DescribeTaskDefinition', 'taskDefinition.runtimePlatform', `linux/${architecture}`),
      ],
    }),
  );
  return { problems, unseen: [] };
}
