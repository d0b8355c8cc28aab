import { join } from 'node:path';
import type { EffectiveEnvironment, Project } from '../../config/project.ts';
import { emulatorPort, emulatorServices } from '../../domain/emulators.ts';
import { type ComposeInput, composeProject } from '../../release/compose-file.ts';
import { localPorts } from '../../release/local-ports.ts';

/** What of an environment runs in containers of this machine, and where. */
export interface LocalPlan {
  environment: string;
  /** The Compose file. */
  file: string;
  /** Its project, which containers and volumes are named after. */
  name: string;
  emulator?: NonNullable<ComposeInput['emulator']>;
  postgres?: NonNullable<ComposeInput['postgres']>;
  /** Names of services that are run. */
  services: readonly string[];
  /** Ports of this machine, by service. */
  ports: Readonly<Record<string, number>>;
}

const POSTGRES_PORT = 5432;

export function localPlan({ root, local }: Project, environment: EffectiveEnvironment): LocalPlan {
  const { blocks, name, project } = environment;
  const emulator = startedEmulator(local.emulator, environment);
  // Functions have the database of the emulator: where nothing else wants one, nothing has to be installed for it.
  const wanted = local.postgres !== undefined || Object.keys(blocks.services).length > 0;
  const postgres =
    wanted && Object.keys(blocks.databases).length > 0
      ? { image: local.postgres?.image ?? 'postgres:16', port: local.postgres?.port ?? POSTGRES_PORT }
      : undefined;
  const taken = [...(emulator ? [emulator.ports.machine] : []), ...(postgres ? [postgres.port] : [])];
  return {
    environment: name,
    file: join(root, '.platform', 'local', 'compose.yaml'),
    name: composeProject(project, name),
    ...(emulator ? { emulator } : {}),
    ...(postgres ? { postgres } : {}),
    services: Object.keys(blocks.services),
    ports: localPorts(blocks, taken),
  };
}

/** Only what the environment itself lives on: another one may live elsewhere. */
function startedEmulator(
  started: Project['local']['emulator'],
  { blocks, emulator, endpoint }: EffectiveEnvironment,
): LocalPlan['emulator'] {
  if (!started || emulator === 'sandbox' || endpoint !== `http://127.0.0.1:${started.port}`) return undefined;
  return {
    image: started.image,
    ports: { machine: started.port, container: emulatorPort(emulator) },
    dockerSocket: started.dockerSocket,
    environment: started.env,
    services: emulatorServices(blocks),
  };
}

export const needsContainers = ({ emulator, postgres, services }: LocalPlan): boolean =>
  emulator !== undefined || postgres !== undefined || services.length > 0;
