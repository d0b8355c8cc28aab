import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import type { Session } from '../../context.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { type ComposeInput, composeFile } from '../../release/compose-file.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import type { Compose } from './compose.ts';
import type { LocalPlan } from './local-plan.ts';
import type { Surround, surroundingsInside } from './service-surroundings.ts';

/** Writes the file whole, for its owner alone, and has Compose read it before anything is done with it. */
export async function writeCompose(
  compose: Compose,
  { file }: Pick<LocalPlan, 'file'>,
  input: ComposeInput,
): Promise<void> {
  await writeFileAtomically(file, composeFile(input), 0o600);
  await compose.run(['config', '--quiet']);
}

/** What stands before anything is deployed: emulator and database. */
export const groundOf = (
  { project, name }: Session['environment'],
  { emulator, postgres }: LocalPlan,
): ComposeInput => ({
  project,
  environment: name,
  ...(emulator ? { emulator } : {}),
  ...(postgres ? { postgres } : {}),
  services: [],
});

interface Built {
  project: Project;
  plan: LocalPlan;
  inside: Awaited<ReturnType<typeof surroundingsInside>>;
}

/** And what runs on it, once what it is given is known. */
export async function servicesOf(
  environment: Session['environment'],
  { project, plan, inside: { surround, settings } }: Built,
): Promise<Pick<ComposeInput, 'services' | 'migrations'>> {
  const { services, migrations } = environment.blocks;
  const built = await Promise.all(
    Object.entries(services).map(async ([name, service]) => ({
      name,
      build: buildOf(project, service.image, service.architecture),
      ...(service.command ? { command: service.command } : {}),
      ...(service.port === undefined ? {} : { ports: { machine: plan.ports[name]!, container: service.port } }),
      ...(await surround(settings.services[name]!)),
      ...(service.health ? { health: service.health } : {}),
    })),
  );
  const component = migrations?.image && !migrations.run ? migrationComponent(environment.blocks) : undefined;
  if (!component) return { services: built };
  const oneOff: Parameters<Surround>[0] = settings.oneOffs[component]!;
  const migrating = { build: buildOf(project, migrations!.image!, 'amd64'), ...(await surround(oneOff)) };
  return { services: built, migrations: migrating };
}

const buildOf = (
  project: Project,
  { context, dockerfile }: { context: string; dockerfile: string },
  architecture: 'amd64' | 'arm64',
) => ({
  context: projectPath(project, context),
  dockerfile: projectPath(project, context, dockerfile),
  platform: `linux/${architecture}`,
});
