import { createServer } from 'node:http';
import { pool } from './database.js';

const server = createServer(async (request, response) => {
  const [path] = request.url.split('?');
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  // The load balancer asks here. It asks no database: one that is away for a minute must not have every task replaced.
  if (path === '{{health}}') return answer(200, { status: 'ok' });
  if (path !== '/') return answer(404, { error: 'there is nothing here' });
  try {
    const { rows } = await pool.query('INSERT INTO visits DEFAULT VALUES RETURNING id');
    return answer(200, { visit: Number(rows[0].id) });
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', message: error.message }));
    return answer(503, { error: 'the database does not answer' });
  }
});

server.listen(Number(process.env.PORT ?? {{port}}), '0.0.0.0');

// ECS asks a task to end, and kills it half a minute later: what is under way is answered first.
process.once('SIGTERM', () => server.close(() => pool.end()));
