import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InvokeCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { open, zip } from './lambda-scene.ts';
import { writeZip } from './zip.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function gone(pid: number): Promise<boolean> {
  for (let looks = 0; looks < 100 && isAlive(pid); looks += 1) await wait(50);
  return !isAlive(pid);
}

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`platform-functions-${process.pid}-`));

it('ends the processes of functions with the server, and removes what they had', async () => {
  const { sandbox, lambda, made } = await open();
  await made({ Code: { ZipFile: zip('exports.handler = async () => process.pid;') }, Timeout: 20 });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  const pid = Number(Buffer.from(Payload!).toString());
  expect(isAlive(pid)).toBe(true);
  expect(folders()).toHaveLength(1);
  await sandbox.close();
  expect(await gone(pid)).toBe(true);
  expect(folders()).toEqual([]);
});

it('begins calls anew that a server was to make when it ended', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'functions-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const first = await open({ directory, may: ['sqs:*'] });
  const source = `const { SQSClient, CreateQueueCommand } = require('@aws-sdk/client-sqs');
    exports.handler = async ({ name }) => { await new SQSClient({}).send(new CreateQueueCommand({ QueueName: name })); };`;
  await first.made({ Code: { ZipFile: zip(source) }, Timeout: 20 });
  first.sandbox.world.pause();
  const Payload = Buffer.from('{"name":"later"}');
  await first.lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload }));
  await first.sandbox.close();

  const second = await startSandbox({ directory });
  await second.settle();
  const QueueUrl = `${second.endpoint}/000000000000/later`;
  const { Messages } = await second.client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toBeUndefined();
});

it('lends a function neither packages nor kinds of modules of the project around it', async () => {
  const { lambda, made } = await open();
  const source =
    "exports.handler = async () => { try { require('vitest'); return 'found'; } catch (error) { return error.code; } };";
  await made({ Code: { ZipFile: zip(source) }, Timeout: 20 });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  expect(Buffer.from(Payload!).toString()).toBe('"MODULE_NOT_FOUND"');
});

it('brings the packages of layers along', async () => {
  const { lambda, made } = await open();
  const ZipFile = writeZip({ 'nodejs/node_modules/greeting/index.js': "module.exports = () => 'hello';" });
  const layer = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'l', Content: { ZipFile } }));
  const source = "exports.handler = async () => require('greeting')();";
  await made({ Code: { ZipFile: zip(source) }, Timeout: 20, Layers: [layer.LayerVersionArn!] });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  expect(Buffer.from(Payload!).toString()).toBe('"hello"');
});

it('ends a function that wants more memory than it has', async () => {
  const { lambda, made } = await open();
  const source = 'exports.handler = async () => { const all = []; for (;;) all.push(new Array(100000).fill({})); };';
  await made({ Code: { ZipFile: zip(source) }, Timeout: 60, MemorySize: 128 });
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(Payload!).toString())).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
  });
});
