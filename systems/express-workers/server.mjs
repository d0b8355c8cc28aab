import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import express from 'express';

const sqs = new SQSClient({});
const app = express();
app.use(express.json());
app.get('/health', (_request, response) => response.json({ status: 'ok' }));
app.post('/notifications', async (request, response) => {
  const sent = await sqs.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(request.body) }),
  );
  response.status(202).json({ id: sent.MessageId });
});

const server = app.listen(3000);
process.on('SIGTERM', () => server.close());
