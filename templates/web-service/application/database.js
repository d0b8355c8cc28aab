import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import pg from 'pg';

const { DATABASE_HOST = '127.0.0.1', DATABASE_PORT = '5432', DATABASE_CA_FILE } = process.env;

/** RDS is reached by its name, and verified. A bare address is a server beside us: of the sandbox, or of Compose. */
const isBesideUs = isIP(DATABASE_HOST) !== 0;
const authorities = DATABASE_CA_FILE && existsSync(DATABASE_CA_FILE) ? [readFileSync(DATABASE_CA_FILE, 'utf8')] : [];

export const pool = new pg.Pool({
  host: DATABASE_HOST,
  port: Number(DATABASE_PORT),
  database: process.env.DATABASE_NAME,
  user: process.env.DATABASE_USER,
  password: process.env.DATABASE_PASSWORD,
  connectionTimeoutMillis: 10_000,
  ssl: isBesideUs ? { rejectUnauthorized: false } : { ca: [...rootCertificates, ...authorities] },
});

// A connection that breaks while nobody uses it; the next query takes another.
pool.on('error', (error) => console.error(JSON.stringify({ level: 'error', message: error.message })));
