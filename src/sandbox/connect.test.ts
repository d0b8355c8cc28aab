import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectSandbox, controlSandbox, findSandbox, type SandboxConnection, stopSandbox } from './connect.ts';

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(async () => {
    const running = await findSandbox({ directory: made });
    if (running) await stopSandbox(running);
    rmSync(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return made;
}

const client = ({ endpoint }: SandboxConnection) =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA111111111111SBOX', secretAccessKey: 'any' },
  });

describe('connectSandbox', () => {
  it('starts one server, however many ask at once, and finds it again', async () => {
    const at = directory();
    const connections = await Promise.all(Array.from({ length: 5 }, () => connectSandbox({ directory: at })));
    expect(new Set(connections.map(({ pid }) => pid)).size).toBe(1);
    expect(await connectSandbox({ directory: at })).toEqual(connections[0]);
    expect(statSync(join(at, 'server.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps the state of a killed server for the next one', async () => {
    const at = directory();
    const first = await connectSandbox({ directory: at });
    await client(first).send(new CreateBucketCommand({ Bucket: 'kept' }));
    process.kill(first.pid, 'SIGKILL');
    const second = await connectSandbox({ directory: at });
    expect(second.pid).not.toBe(first.pid);
    const { Buckets } = await client(second).send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['kept']);

    await controlSandbox(second, 'reset');
    expect((await client(second).send(new ListBucketsCommand({}))).Buckets).toEqual([]);
    expect(readFileSync(join(at, 'server.log'), 'utf8')).toBe('');
  });

  it('sets the speed of a running server and answers nobody without its token', async () => {
    const at = directory();
    const running = await connectSandbox({ directory: at, speed: 60 });
    expect((await controlSandbox(running, 'status')).speed).toBe(60);
    expect(await connectSandbox({ directory: at, speed: 1 })).toMatchObject({ previousSpeed: 60 });
    expect((await controlSandbox(running, 'status')).speed).toBe(1);
    await expect(controlSandbox({ ...running, token: 'x'.repeat(64) }, 'stop')).rejects.toThrow('403');
  });

  it('starts a server of another build anew on its port, at its pace and with its state', async () => {
    const at = directory();
    const older = await connectSandbox({ directory: at, build: 'older', speed: 60, idleMinutes: 0 });
    await client(older).send(new CreateBucketCommand({ Bucket: 'kept' }));
    const [one, two] = await Promise.all([connectSandbox({ directory: at }), connectSandbox({ directory: at })]);
    expect(two.pid).toBe(one.pid);
    expect(one.pid).not.toBe(older.pid);
    expect(await controlSandbox(one, 'status')).toMatchObject({ port: older.port, speed: 60, idleMinutes: 0 });
    const { Buckets } = await client(one).send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['kept']);
    expect((await connectSandbox({ directory: at })).pid).toBe(one.pid);
  });

  it('refuses the state of an incompatible version at once, and leaves it and its server alone', async () => {
    const at = directory();
    const older = await connectSandbox({ directory: at, build: 'older' });
    await client(older).send(new CreateBucketCommand({ Bucket: 'kept' }));
    const file = join(at, 'journal.ndjson');
    const text = readFileSync(file, 'utf8').replace(/"format":\d+/, '"format":999');
    writeFileSync(file, text);
    const refusal = /format 999, this one reads \d+\).*platform sandbox reset/;
    await expect(connectSandbox({ directory: at })).rejects.toThrow(refusal);
    expect((await findSandbox({ directory: at }))?.pid).toBe(older.pid);

    await stopSandbox(older);
    await expect(connectSandbox({ directory: at })).rejects.toThrow(refusal);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
