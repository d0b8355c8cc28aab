import { pool } from './database.js';

// Run by every deployment before the new tasks start; as often as you like with the same end.
await pool.query(
  `CREATE TABLE IF NOT EXISTS jobs (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     kind text NOT NULL,
     wanted_at timestamptz NOT NULL DEFAULT now()
   )`,
);
console.log(JSON.stringify({ level: 'info', message: 'the schema is up to date' }));
await pool.end();
