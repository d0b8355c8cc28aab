import type { ResourceProvider } from '../../../kernel/resource-provider.ts';

/** Types that belong to CloudFormation itself. */
export const OWN_PROVIDERS: Readonly<Record<string, ResourceProvider>> = {};
