import type { EffectiveEnvironment, Project } from '../../config/project.ts';
import { databaseUrl } from '../../domain/database-url.ts';
import { emulatedApiUrl } from '../../domain/emulated-api-url.ts';
import { LOCAL_PASSWORD, LOCAL_SUPERUSER } from '../../release/compose-file.ts';
import type { LocalPlan } from './local-plan.ts';

/** Part of the contracts of `local urls --json` and `local up --json`. */
export interface LocalUrl {
  /** As platform.yaml calls it: `apis.public`; `emulator` for what the environment lives on. */
  component: string;
  url: string;
}

interface Facts {
  project: Pick<Project, 'local'>;
  environment: EffectiveEnvironment;
  plan: LocalPlan;
  /** Of the emulator; undefined: AWS's own, which is nowhere here. */
  endpoint: string | undefined;
  /** The outputs of the environment’s stacks. */
  outputs: Readonly<Record<string, string>>;
}

/** Where what runs on this machine is reached from it. What is not deployed, or not reached, is left out. */
export function localUrls(facts: Facts): LocalUrl[] {
  const { environment, plan, endpoint, outputs } = facts;
  const { blocks } = environment;
  const row = (component: string, url: string | undefined) => (url === undefined ? [] : [{ component, url }]);
  return [
    ...row('emulator', endpoint),
    ...Object.keys(blocks.apis).flatMap((name) => row(`apis.${name}`, apiUrl(name, facts))),
    ...Object.keys(blocks.sites).flatMap((name) => row(`sites.${name}`, siteUrl(outputs[`sites.${name}.url`], facts))),
    ...Object.entries(plan.ports).flatMap(([name, port]) => row(`services.${name}`, `http://127.0.0.1:${port}`)),
    ...Object.keys(blocks.queues).flatMap((name) => row(`queues.${name}`, outputs[`queues.${name}.url`])),
    ...Object.entries(blocks.databases).flatMap(([name, { databaseName }]) =>
      row(
        `databases.${name}`,
        plan.postgres &&
          databaseUrl(
            { host: '127.0.0.1', port: plan.postgres.port, name: databaseName, user: LOCAL_SUPERUSER },
            LOCAL_PASSWORD,
            'disable',
          ),
      ),
    ),
  ];
}

function apiUrl(name: string, { project, environment, endpoint, outputs }: Facts): string | undefined {
  const { emulator, blocks } = environment;
  const [id, url] = [outputs[`apis.${name}.id`], outputs[`apis.${name}.url`]];
  if (!url || endpoint === undefined) return undefined;
  if (emulator === 'sandbox') return onSandbox('_apigateway', url, endpoint);
  const { hostname } = project.local.emulator ?? {};
  return emulatedApiUrl({ ...blocks.apis[name]!, id }, { emulator, endpoint, hostname });
}

const siteUrl = (url: string | undefined, { environment, endpoint }: Facts): string | undefined =>
  url === undefined || endpoint === undefined || environment.emulator !== 'sandbox'
    ? url
    : onSandbox('_cloudfront', url, endpoint);

function onSandbox(route: string, url: string, endpoint: string): string {
  const { host, pathname } = new URL(url);
  return new URL(`/${route}/${host}${pathname === '/' ? '' : pathname}`, endpoint).href;
}
