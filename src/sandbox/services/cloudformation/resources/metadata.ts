import { randomUUID } from 'node:crypto';
import type { ResourceProvider } from '../../../kernel/resource-provider.ts';

/** What the CDK notes about itself: nothing is made. */
export const metadata: ResourceProvider = {
  create: () => ({ status: 'done', physicalId: randomUUID() }),
  update: ({ physicalId }) => ({ status: 'done', physicalId }),
  delete: (_properties, physicalId) => ({ status: 'done', physicalId }),
};
