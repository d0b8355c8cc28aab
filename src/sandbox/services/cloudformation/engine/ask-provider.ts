import type { Progress, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { failureOf } from './failure-reason.ts';

/** Asks a provider; what it throws becomes the failure that CloudFormation would show. */
export async function ask(type: string, work: () => Progress | Promise<Progress>): Promise<Progress> {
  try {
    return await work();
  } catch (error) {
    return { status: 'failed', ...failureOf(error, type) };
  }
}

/** A step that is never done would keep a stack for ever: a provider without `check` is done at its second look. */
export const checkOf = (provider: ResourceProvider): NonNullable<ResourceProvider['check']> =>
  provider.check ?? ((_step, physicalId) => ({ status: 'done', physicalId }));
