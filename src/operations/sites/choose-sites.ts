import { outputs } from '../../../infra/outputs.ts';
import type { Blocks } from '../../config/blocks.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { type StateAccess, stateOf } from '../state-of.ts';
import { siteVariables } from './site-variables.ts';

/** Sites whose files are built and brought up. */
export type BuiltKind = Extract<Blocks['sites'][string], { kind: 'spa' | 'next' }>;

export interface ChosenSite {
  name: string;
  site: BuiltKind;
  /** Of its build. */
  variables: Record<string, string>;
  /** Where it stands; undefined before `platform deploy`. */
  place: { bucket: string; distribution: string; url: string } | undefined;
}

export interface ChosenSites {
  sites: ChosenSite[];
  access: StateAccess;
}

/** The sites that a command means, all of them unless it names some. Throws before anything is built. */
export async function chooseSites(
  session: Pick<Session, 'aws' | 'environment' | 'target' | 'variables'>,
  names: readonly string[],
  { builds }: { builds: boolean },
): Promise<ChosenSites> {
  const { environment, variables: around } = session;
  const { blocks } = environment;
  const known = Object.entries(blocks.sites).flatMap(([name, site]) =>
    site.kind === 'media' ? [] : [[name, site] as const],
  );
  const unknown = names.find((name) => !known.some(([one]) => one === name));
  if (unknown !== undefined)
    throw siteUnknown(
      unknown,
      known.map(([name]) => name),
    );
  if (known.length === 0) throw noSites(environment.name);

  const access = await stateOf(session);
  const stacks = new Map((await findStacks(session, access.state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  const outputsOf = (stack: string) => stacks.get(stack) ?? {};
  const told = outputsOf('sites');
  const siteValue = (site: string, attribute: 'url' | 'host') => {
    const url = told[outputs.sites.url(site)];
    return attribute === 'url' ? url : url?.replace(/^https:\/\//, '');
  };
  const sites = known
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([name, site]): ChosenSite => {
      const bucket = told[outputs.sites.bucketName(name)];
      const distribution = told[outputs.sites.distributionId(name)];
      const url = told[outputs.sites.url(name)];
      return {
        name,
        site,
        variables: builds ? siteVariables(name, site.buildEnv, { blocks, around, outputsOf, siteValue }) : {},
        place: bucket && distribution && url ? { bucket, distribution, url } : undefined,
      };
    });
  return { sites, access };
}

export function placeOf(
  { name, place }: ChosenSite,
  environment: Session['environment'],
): NonNullable<ChosenSite['place']> {
  if (place) return place;
  throw new PlatformError({
    id: 'site-not-deployed',
    kind: 'failed',
    message: `sites.${name} has no distribution in ${environment.name} yet`,
    remedy: `platform deploy ${environmentFlags(environment)} makes it`,
  });
}

const siteUnknown = (name: string, known: readonly string[]) =>
  new PlatformError({
    id: 'site-unknown',
    kind: 'usage',
    message: `There is no site ${name} of kind spa or next in platform.yaml${known.length > 0 ? `: it has ${known.join(', ')}` : ''}`,
    remedy: nearest(name, known)
      ? `write ${nearest(name, known)}`
      : 'name a site of kind spa or next, or none for all of them',
  });

const noSites = (environment: string) =>
  new PlatformError({
    id: 'site-none',
    kind: 'usage',
    message: `${environment} has no site of kind spa or next, whose files are built and uploaded`,
    remedy: 'add one under sites: in platform.yaml; a site of kind media shows what the application writes',
  });
