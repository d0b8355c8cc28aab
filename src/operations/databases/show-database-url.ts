import type { Session } from '../../context.ts';
import { databaseUrl } from '../../domain/database-url.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { credentialsOf, databaseAccess } from './database-access.ts';

/** The contract of `db url --json`. The password stands in `url` only when it was asked for. */
export interface DatabaseUrlOutcome {
  environment: string;
  database: string;
  url: string;
  revealed: boolean;
  host: string;
  port: number;
  name: string;
  user: string;
}

/** The URL that an application would be given. `read`: of the readers. */
export async function showDatabaseUrl(
  session: Session,
  { name, reveal, read }: { name: string; reveal: boolean; read: boolean },
): Promise<DatabaseUrlOutcome> {
  const access = await databaseAccess(session, name);
  if (read && !access.readHost) throw noReaders(name);
  const { user, password } = await credentialsOf(session, access);
  const address = { host: read ? access.readHost! : access.host, port: access.port, name: access.name, user };
  return {
    environment: session.environment.name,
    database: name,
    url: databaseUrl(address, reveal ? password.reveal() : undefined),
    revealed: reveal,
    ...address,
  };
}

const noReaders = (name: string) =>
  new PlatformError({
    id: 'database-without-readers',
    kind: 'usage',
    message: `databases.${name} has no readers`,
    remedy: `leave --read out, or set databases.${name}.readers and deploy`,
  });
