import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';

export interface DarkSite {
  /** As platform.yaml calls it. */
  name: string;
  distribution: string;
  isThere: boolean;
}

/** Sites whose distribution somebody deleted or switched off. Only looks. */
export async function darkSites(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  stacks: readonly FoundStack[],
): Promise<{ looked: number; dark: DarkSite[] }> {
  const stack = stacks.find(({ id }) => id === 'sites');
  const told = stack ? stackOutputs(stack.stack) : {};
  const deployed = Object.keys(environment.blocks.sites).flatMap((name) => {
    const distribution = told[outputs.sites.distributionId(name)];
    return distribution === undefined ? [] : [{ name, distribution }];
  });
  const looked = await Promise.all(
    deployed.map(async (site) => ({ ...site, live: await aws.cloudFront.distribution(site.distribution) })),
  );
  return {
    looked: looked.length,
    dark: looked
      .filter(({ live }) => live?.DistributionConfig?.Enabled !== true)
      .map(({ distribution, live, name }) => ({ name, distribution, isThere: live !== undefined })),
  };
}
