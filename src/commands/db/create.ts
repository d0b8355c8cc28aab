import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import type { CreateTenantOutcome } from '../../operations/databases/create-tenant.ts';

const EXAMPLES = `
Run it where the server is deployed. The task is one of a service that uses it; its image needs a shell, and node or
python3. Running it again comes to the same.

Examples:
  $ platform db create shop --env prod
  $ platform db create shop --in main --role shop_app --secret shop/prod/databases/main/credentials --env infra`;

interface Flags {
  in?: string;
  role?: string;
  secret?: string;
  component?: string;
}

export function createTenantCommand(context: Context): Command {
  return new Command('create')
    .summary('make a database and its role in a server that is deployed, for another application')
    .argument('<name>', 'name of the database inside the server', sqlName)
    .option('--in <database>', 'server, as in databases of platform.yaml (default: the only one)')
    .option('--role <name>', 'role that owns it (default: as the database)', sqlName)
    .option(
      '--secret <name>',
      'secret for its credentials (default: <project>/<environment>/tenants/<name>)',
      secretName,
    )
    .option('--component <name>', 'service whose task runs the SQL (default: the first that uses the server)')
    .addHelpText('after', EXAMPLES)
    .action(async (tenant: string, { in: server, ...flags }: Flags) => {
      const session = await context.open();
      const { createTenant } = await import('../../operations/databases/create-tenant.ts');
      const outcome = await createTenant(session, { tenant, ...flags, ...(server ? { server } : {}) });
      context.reporter.result(createdText(outcome), outcome);
    });
}

function createdText({ database, role, server, secret, simulated, dryRun }: CreateTenantOutcome): string {
  if (dryRun)
    return `Would make database ${database} with role ${role} in databases.${server}, and secret ${secret.name}`;
  if (simulated)
    return `Secret ${secret.name} is there; simulated: no container ran, so database ${database} was not made`;
  return `Database ${database} with role ${role} is in databases.${server}; its credentials are in secret ${secret.name}`;
}

/** PostgreSQL, RDS and Aurora keep names of their own: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html */
const RESERVED = /^(pg_|rds)|^(postgres|public|none|master|admin|root|template0|template1)$/;

function sqlName(value: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(value))
    throw new InvalidArgumentError('It has lower-case letters, digits and underscores, a letter first, at most 63.');
  if (RESERVED.test(value)) throw new InvalidArgumentError('PostgreSQL or RDS keeps that name for itself.');
  return value;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function secretName(value: string): string {
  if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(value))
    throw new InvalidArgumentError('It has letters, digits and /_+=.@-, at most 512.');
  return value;
}
