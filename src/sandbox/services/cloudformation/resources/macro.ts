import type { ResourceProvider } from '../../../kernel/resource-provider.ts';

/** A macro can be declared; none is ever run, because the sandbox has no functions to run it. */
export const macro: ResourceProvider = {
  create: ({ Name }) => ({ status: 'done', physicalId: Name }),
  update: ({ physicalId }) => ({ status: 'done', physicalId }),
  delete: (_properties, physicalId) => ({ status: 'done', physicalId }),
};
