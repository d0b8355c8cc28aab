import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query(
  'CREATE TABLE IF NOT EXISTS notifications (id text PRIMARY KEY, recipient text NOT NULL, sent_at timestamptz)',
);
await client.end();
