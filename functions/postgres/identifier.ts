/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table, optionally with its schema. */
export const tableName = (name: string): string => name.split('.').map(quoted).join('.');
export const columnName = quoted;
