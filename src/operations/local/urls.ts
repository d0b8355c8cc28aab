import type { Context } from '../../context.ts';
import { outputs } from '../outputs.ts';
import { chooseLocal } from './choose-local.ts';
import { localPlan } from './local-plan.ts';
import { type LocalUrl, localUrls } from './local-urls.ts';

/** The contract of `local urls --json`. */
export interface LocalUrlsOutcome {
  environment: string;
  urls: LocalUrl[];
}

export async function urlsOfLocal(context: Context): Promise<LocalUrlsOutcome> {
  const { project, environment, open } = await chooseLocal(context);
  const session = await open();
  const plan = localPlan(project, environment);
  const { endpoint } = session.target;
  const urls = localUrls({ project, environment, plan, endpoint, outputs: await outputs(session) });
  return { environment: environment.name, urls };
}
