import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { numbers } from '../testing/reliability/sample.ts';

const KILLS = Number(process.env.SANDBOX_KILLS ?? 200);
const SEED = Number(process.env.SANDBOX_SEED ?? Date.now() % 1_000_000);
const Bucket = 'durable';
const QueueUrl = 'http://127.0.0.1/111111111111/durable';
const PROGRAM = fileURLToPath(new URL('../testing/standby-server.ts', import.meta.url));

interface Standby {
  child: ChildProcess;
  ready: Promise<unknown>;
}

function standby(): Standby {
  const child = fork(PROGRAM, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return { child, ready: once(child, 'message') };
}

async function open({ child, ready }: Standby, directory: string): Promise<string> {
  await ready;
  child.send({ directory });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return `http://127.0.0.1:${port}`;
}

/** What one client knows: its last acknowledged number, and the one whose fate it was not told. */
interface Told {
  acknowledged: number;
  inFlight: number | undefined;
}

/** One client for all servers, which is told where the next one is: to make a client costs more than a round. */
const config = (endpoint: () => string) => ({
  endpoint: async () => ({ url: new URL(endpoint()) }),
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIA111111111111SBOX', secretAccessKey: 'any' },
  maxAttempts: 1,
  useQueueUrlAsEndpoint: false,
});

/** The server may hold the acknowledged number or the one in flight, and nothing else. */
function settle(told: Told, found: number): void {
  expect([told.acknowledged, told.inFlight]).toContain(found);
  told.acknowledged = found;
  told.inFlight = undefined;
}

/** Takes turns of a counter object by `If-Match`, and creates an object per turn by `If-None-Match`. */
async function countInS3(s3: S3Client, told: Told, called: () => void): Promise<void> {
  const counter = await s3.send(new GetObjectCommand({ Bucket, Key: 'counter' }));
  settle(told, Number(await counter.Body!.transformToString()));
  let { ETag } = counter;
  for (;;) {
    told.inFlight = told.acknowledged + 1;
    called();
    const body = String(told.inFlight);
    ({ ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'counter', Body: body, IfMatch: ETag })));
    told.acknowledged = told.inFlight;
    told.inFlight = undefined;
    called();
    await s3.send(new PutObjectCommand({ Bucket, Key: `turn-${told.acknowledged}`, Body: body, IfNoneMatch: '*' }));
    created.add(told.acknowledged);
  }
}

/** Turns whose object was acknowledged. */
const created = new Set<number>();

/** Sends a message per turn and deletes another that it has received. */
async function passMessages(sqs: SQSClient, letters: Letters, called: () => void): Promise<void> {
  for (;;) {
    letters.turn += 1;
    const MessageBody = String(letters.turn);
    called();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    letters.sent.add(MessageBody);

    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      expect(letters.deleted).not.toContain(Body);
      letters.doubtful.add(Body);
      called();
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      letters.deleted.add(Body);
    }
  }
}

/** What the client of the queue knows, by the bodies of messages. */
interface Letters {
  turn: number;
  sent: Set<string>;
  /** Their deletion was asked for, acknowledged or not. */
  doubtful: Set<string>;
  deleted: Set<string>;
}

it(`keeps every acknowledged write through ${KILLS} kills (SANDBOX_SEED=${SEED})`, { timeout: 300_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-durability-'));
  const random = numbers(SEED);
  const pool = [standby(), standby(), standby()];
  let endpoint = '';
  const [s3, sqs] = [new S3Client(config(() => endpoint)), new SQSClient(config(() => endpoint))];
  onTestFinished(() => {
    for (const { child } of pool) child.kill('SIGKILL');
    s3.destroy();
    sqs.destroy();
    rmSync(directory, { recursive: true, force: true });
  });

  const told: Told = { acknowledged: 0, inFlight: undefined };
  const letters: Letters = { turn: 0, sent: new Set(), doubtful: new Set(), deleted: new Set() };
  for (let round = 0; round < KILLS; round += 1) {
    const server = pool.shift()!;
    pool.push(standby());
    endpoint = await open(server, directory);
    if (round === 0) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutObjectCommand({ Bucket, Key: 'counter', Body: '0' }));
      await sqs.send(new CreateQueueCommand({ QueueName: Bucket }));
    }
    // The fatal call, counted over both clients, and how far into it the kill comes.
    const fatal = 1 + Math.floor(random() * 8);
    const delayMs = random() * 4;
    let calls = 0;
    const called = () => {
      calls += 1;
      if (calls === fatal) void wait(delayMs).then(() => server.child.kill('SIGKILL'));
    };
    const gone = once(server.child, 'exit');
    const ends = await Promise.allSettled([countInS3(s3, told, called), passMessages(sqs, letters, called)]);
    for (const end of ends) if (end.status === 'rejected' && !isCut(end.reason)) throw end.reason;
    expect((await gone)[1]).toBe('SIGKILL');
  }
  const last = pool.shift()!;
  onTestFinished(() => void last.child.kill('SIGKILL'));
  endpoint = await open(last, directory);
  await expectObjects(s3, told);
  await expectMessages(sqs, letters);
});

const isCut = (error: Error & { code?: string }): boolean =>
  /ECONNRESET|ECONNREFUSED|EPIPE|socket hang up|aborted/.test(`${error.code} ${error.message}`);

async function expectObjects(s3: S3Client, told: Told): Promise<void> {
  const counter = await s3.send(new GetObjectCommand({ Bucket, Key: 'counter' }));
  settle(told, Number(await counter.Body!.transformToString()));
  expect(created.size).toBeGreaterThan(KILLS / 4);

  const found = new Set<string>();
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    for (const { Key = '' } of page.Contents ?? []) found.add(Key);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect([...created].filter((turn) => !found.has(`turn-${turn}`))).toEqual([]);
  for (const turn of [...created].slice(-20)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `turn-${turn}` }));
    expect(await Body!.transformToString()).toBe(String(turn));
  }
}

async function expectMessages(sqs: SQSClient, { sent, doubtful, deleted }: Letters): Promise<void> {
  expect(deleted.size).toBeGreaterThan(KILLS / 8);
  const found: string[] = [];
  for (let Messages: Message[] = [{}]; Messages.length > 0; ) {
    ({ Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 }),
    ));
    found.push(...Messages.map(({ Body = '' }) => Body));
  }
  expect(found.filter((body) => deleted.has(body))).toEqual([]);
  expect([...sent].filter((body) => !doubtful.has(body) && !found.includes(body))).toEqual([]);
}
