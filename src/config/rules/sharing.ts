import type { Rule } from './rule.ts';

export const SHARING_RULES: readonly Rule[] = [
  {
    id: 'shared-export',
    title: 'What is shared has an HTTPS listener',
    severity: 'error',
    check: function* ({ blocks }) {
      const https = Object.values(blocks.services).some(({ http }) => http && http.certificate !== 'none');
      if (blocks.shared.mode === 'export' && !https)
        yield {
          path: ['shared', 'mode'],
          message: 'shared: export needs a service with https',
          remedy: 'add http with a domain and certificate: auto to a service',
        };
    },
  },
  {
    id: 'shared-database',
    title: 'A consumer of shared infrastructure says where its databases are',
    severity: 'warning',
    check: function* ({ blocks }) {
      if (blocks.shared.mode !== 'consume') return;
      for (const [name, { engine }] of Object.entries(blocks.databases))
        if (engine !== 'shared')
          yield {
            path: ['databases', name, 'engine'],
            message: `databases.${name}: a database of its own inside a shared network`,
            remedy: 'write engine: shared to use the cluster that is shared',
          };
    },
  },
];
