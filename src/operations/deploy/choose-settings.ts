import type { AppSettings } from '../../../infra/settings.ts';
import type { Session } from '../../context.ts';
import { appSettings } from '../../release/settings.ts';
import { type StateAccess, stateOf } from '../state-of.ts';
import { type Decisions, decide } from './decide.ts';

export interface ChosenSettings {
  settings: AppSettings;
  access: StateAccess;
  decisions: Decisions;
}

/** What is to be built: the configuration with what only AWS and earlier deployments can tell filled in. Only reads. */
export async function chooseSettings(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
): Promise<ChosenSettings> {
  const access = await stateOf(session);
  const decisions = await decide(session, access.state);
  const settings = appSettings({
    project: session.environment.project,
    environment: { ...session.environment, region: session.target.region },
    account: session.target.account,
    frozen: {
      availabilityZones: decisions.availabilityZones,
      databaseVersions: decisions.engineVersions,
      originVerify: access.state.originVerify,
    },
  });
  return { settings, access, decisions };
}
