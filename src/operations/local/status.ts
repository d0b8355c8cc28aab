import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import type { ComposeContainer } from '../../domain/compose-containers.ts';
import { EMULATOR, MIGRATIONS, POSTGRES } from '../../release/compose-file.ts';
import { sandboxStanding } from '../project/sandbox-server.ts';
import { chooseLocal } from './choose-local.ts';
import { openCompose } from './compose.ts';
import { localPlan } from './local-plan.ts';

/** The contract of `local status --json`. */
export interface LocalStatus {
  environment: string;
  emulator: {
    /** Null: an endpoint of which nobody has said what answers there. */
    kind: string | null;
    endpoint: string | null;
    /** Null: it is not ours to start, so nobody looked. */
    running: boolean | null;
  };
  /** Wanted ones that are not there have the state `absent`. */
  containers: (Omit<ComposeContainer, 'service'> & { name: string })[];
}

const NAMES: Readonly<Record<string, string>> = { [EMULATOR]: 'emulator', [POSTGRES]: 'postgres' };

/** How what `local up` starts stands. Asks the engine and the sandbox's own files, and starts nothing. */
export async function localStatus(context: Context): Promise<LocalStatus> {
  const { project, environment } = await chooseLocal(context);
  const plan = localPlan(project, environment);
  const found = existsSync(plan.file) ? await (await openCompose(context, plan)).containers() : [];
  const wanted = [...(plan.emulator ? [EMULATOR] : []), ...(plan.postgres ? [POSTGRES] : []), ...plan.services];
  const known = new Map(found.filter(({ service }) => service !== MIGRATIONS).map((one) => [one.service, one]));
  const containers = [...new Set([...wanted, ...known.keys()])].map((service) => {
    const { state, health } = known.get(service) ?? { state: 'absent', health: null };
    return { name: NAMES[service] ?? service, state, health };
  });
  const { emulator: kind = null, endpoint = null } = environment;
  const common = { environment: environment.name, containers };
  if (kind === 'sandbox' && endpoint === null) {
    const standing = await sandboxStanding(join(project.root, '.platform', 'sandbox'));
    return { ...common, emulator: { kind, endpoint: standing.endpoint, running: standing.running } };
  }
  const running = plan.emulator ? known.get(EMULATOR)?.state === 'running' : null;
  return { ...common, emulator: { kind, endpoint, running } };
}
