import type { Secret } from '../secret.ts';
import { identifier, literal } from './tenant-sql.ts';

export interface LocalDatabase {
  /** Inside the server. */
  databaseName: string;
  user: string;
  password: Secret;
}

/**
 * What psql is told on stdin: each user with the password that its secret holds now, and its database. Run again it
 * changes nothing. `\gexec` runs what a SELECT gives: PostgreSQL has no CREATE DATABASE IF NOT EXISTS.
 */
export const localRolesSql = (databases: readonly LocalDatabase[]): string =>
  databases
    .map(({ databaseName, user, password }) =>
      [
        `SELECT ${literal(`CREATE ROLE ${identifier(user)}`)} WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(user)}) \\gexec`,
        `ALTER ROLE ${identifier(user)} WITH LOGIN CREATEDB CREATEROLE PASSWORD ${literal(password.reveal())};`,
        `SELECT ${literal(`CREATE DATABASE ${identifier(databaseName)} OWNER ${identifier(user)}`)} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${literal(databaseName)}) \\gexec`,
        '',
      ].join('\n'),
    )
    .join('');
