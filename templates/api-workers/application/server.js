import { createServer } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { pool } from './database.js';

const sqs = new SQSClient();

/** What a client wants done: written down first, then handed to the workers. */
async function begin(kind) {
  const { rows } = await pool.query('INSERT INTO jobs (kind) VALUES ($1) RETURNING id', [kind]);
  const job = { id: Number(rows[0].id), kind };
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(job) }));
  return job;
}

const server = createServer(async (request, response) => {
  const [path] = request.url.split('?');
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  // The load balancer asks here. It asks no database: one that is away for a minute must not have every task replaced.
  if (path === '{{health}}') return answer(200, { status: 'ok' });
  const kind = request.method === 'POST' ? /^\/jobs\/([a-z-]{1,50})$/.exec(path)?.[1] : undefined;
  if (kind === undefined) return answer(404, { error: 'POST /jobs/<kind> begins a job' });
  try {
    return answer(202, await begin(kind));
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', message: error.message }));
    return answer(503, { error: 'the job could not be begun' });
  }
});

server.listen(Number(process.env.PORT ?? {{port}}), '0.0.0.0');

// ECS asks a task to end, and kills it half a minute later: what is under way is answered first.
process.once('SIGTERM', () => server.close(() => pool.end()));
