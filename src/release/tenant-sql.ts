/** A statement, the database it is for where it is not the first, and the SQLSTATE that means it was done before. */
export type Statement = readonly [database: string | null, sql: string, fine: string | null];

export interface Tenant {
  database: string;
  role: string;
  /** What the server keeps of the role's password; never the password. */
  verifier: string;
  /** Who it is for, as a comment on the role: what carries another comment, or none, is not ours to change. */
  owner: string;
}

/**
 * A database and its one role in a server that others use too. Each statement may be run again, and none touches what
 * is somebody else's: a role without our comment and a database of another owner end it with an error.
 */
export function tenantStatements({ database, role, verifier, owner }: Tenant): Statement[] {
  const [r, d] = [identifier(role), identifier(database)];
  return [
    [
      null,
      block([
        `DECLARE r text := ${literal(role)}; c text := ${literal(`platform: ${owner}`)}; p text := ${literal(verifier)}; o text;`,
        "BEGIN SELECT shobj_description(oid, 'pg_authid') INTO o FROM pg_roles WHERE rolname = r;",
        "IF NOT FOUND THEN EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', r, p);",
        "EXECUTE format('COMMENT ON ROLE %I IS %L', r, c);",
        "ELSIF o IS DISTINCT FROM c THEN RAISE EXCEPTION 'the role % is there and is not of this tenant', r",
        "USING ERRCODE = 'duplicate_object';",
        "ELSE EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', r, p); END IF; END",
      ]),
      null,
    ],
    // Whoever is no superuser, as the master of RDS, gives databases only to roles that it is a member of.
    [null, `GRANT ${r} TO CURRENT_USER`, null],
    [null, `CREATE DATABASE ${d} OWNER ${r}`, '42P04'],
    [
      null,
      block([
        `DECLARE d text := ${literal(database)}; o text;`,
        'BEGIN SELECT pg_get_userbyid(datdba) INTO o FROM pg_database WHERE datname = d;',
        `IF o IS DISTINCT FROM ${literal(role)} THEN RAISE EXCEPTION 'the database % is there and belongs to %', d, o`,
        "USING ERRCODE = 'duplicate_database'; END IF; END",
      ]),
      null,
    ],
    [null, `REVOKE ALL ON DATABASE ${d} FROM PUBLIC; GRANT ALL ON DATABASE ${d} TO ${r}`, null],
    // From PostgreSQL 15 on only the owner of a database may create in its schema public (F-89); before that, everybody.
    [database, `GRANT ALL ON SCHEMA public TO ${r}; REVOKE CREATE ON SCHEMA public FROM PUBLIC`, null],
  ];
}

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** With `E`, so that a backslash means the same whatever standard_conforming_strings says. */
export const literal = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** An anonymous block, in dollar quotes that nothing inside ends. */
function block(lines: readonly string[]): string {
  const body = lines.join(' ');
  let tag = '$p$';
  for (let number = 1; body.includes(tag); number++) tag = `$p${number}$`;
  return `DO ${tag}${body}${tag}`;
}
