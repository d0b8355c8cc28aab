import type { Rule } from './rule.ts';

export const MIGRATION_RULES: readonly Rule[] = [
  {
    id: 'migrations-database',
    title: 'Migrations have a database',
    severity: 'error',
    check: function* ({ blocks }) {
      if (blocks.migrations && Object.keys(blocks.databases).length === 0)
        yield {
          path: ['migrations'],
          message: 'migrations without a database',
          remedy: 'add one under databases, or remove migrations',
        };
    },
  },
  {
    id: 'migrations-runner',
    title: 'Migrations run in the image of a service, or in one of their own',
    severity: 'error',
    waivable: false,
    check: function* ({ blocks: { migrations, services } }) {
      if (!migrations) return;
      const { run, image, uses } = migrations;
      if (run && image)
        yield {
          path: ['migrations', 'image'],
          message: 'migrations.run and migrations.image exclude each other',
          remedy: 'keep one of the two',
        };
      if (!run && !image)
        yield {
          path: ['migrations', 'run'],
          message: 'migrations say nothing about the image that they run in',
          remedy: 'add run: service.<name>, or image: { context: . } with uses',
        };
      if (image && !uses.some((one) => one.startsWith('db.')))
        yield {
          path: ['migrations', 'uses'],
          message: 'migrations.image reaches no database',
          remedy: 'add uses: [db.<name>]',
        };
      if (run && uses.length > 0)
        yield {
          path: ['migrations', 'uses'],
          message: 'migrations.uses does nothing with run: the service’s own uses count',
          remedy: 'remove migrations.uses',
          severity: 'warning',
        };
      const service = run?.startsWith('service.') ? services[run.slice('service.'.length)] : undefined;
      if (service && !service.uses.some((one) => one.startsWith('db.')))
        yield {
          path: ['migrations', 'run'],
          message: `migrations.run: ${run} uses no database`,
          remedy: 'add db.<name> to the uses of the service',
        };
    },
  },
];
