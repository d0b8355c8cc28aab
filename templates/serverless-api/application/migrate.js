import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import pg from 'pg';

const { DATABASE_HOST = '127.0.0.1', DATABASE_PORT = '5432', DATABASE_CA_FILE } = process.env;
const authorities = DATABASE_CA_FILE && existsSync(DATABASE_CA_FILE) ? [readFileSync(DATABASE_CA_FILE, 'utf8')] : [];

const client = new pg.Client({
  host: DATABASE_HOST,
  port: Number(DATABASE_PORT),
  database: process.env.DATABASE_NAME,
  user: process.env.DATABASE_USER,
  password: process.env.DATABASE_PASSWORD,
  // RDS is reached by its name, and verified. A bare address is a server beside us: of the sandbox, or of Compose.
  ssl: isIP(DATABASE_HOST) ? { rejectUnauthorized: false } : { ca: [...rootCertificates, ...authorities] },
});

// Run by every deployment before the new functions; as often as you like with the same end.
await client.connect();
const { rows } = await client.query("SELECT to_regclass('scheduled_events') IS NOT NULL AS done");
if (!rows[0].done) await client.query(readFileSync('src/dispatcher/schema.sql', 'utf8'));
console.log(JSON.stringify({ level: 'info', message: 'the schema is up to date' }));
await client.end();
