import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { buildApp } from '../lib/app.ts';
import type { AddressedStack, ParameterSource } from '../lib/wiring.ts';
import { fileOf, readEnvironment } from './environment.ts';

/**
 * `node bin/deploy.ts <environment> [stack…]`: deploys stacks one after the other with the cdk CLI. The stacks share
 * nothing by exports; what one tells the next goes from its outputs into a parameter, which is all that happens here.
 */
const [name, ...asked] = process.argv.slice(2);
if (name === undefined) fail('Usage: node bin/deploy.ts <environment> [stack…]');
const { settings, built, values } = readEnvironment(name);
// Only for the wiring: nothing is synthesized here.
const outdir = mkdtempSync(join(tmpdir(), 'wiring-'));
const { stacks } = buildApp(settings, { outdir, ...built });
rmSync(outdir, { recursive: true });
const unknown = asked.find((id) => !stacks.some((stack) => stack.id === id));
if (unknown) fail(`There is no stack ${unknown}: ${stacks.map(({ id }) => id).join(', ')}`);

for (const stack of inOrder(stacks)) {
  if (asked.length > 0 && !asked.includes(stack.id)) continue;
  const parameters = await parametersOf(stack);
  const words = Object.entries(parameters).flatMap(([key, value]) => ['--parameters', `${key}=${value}`]);
  console.error(`\n${stack.stackName}`);
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const { status } = spawnSync(
    process.execPath,
    [cdk, 'deploy', stack.id, '--exclusively', '-c', `environment=${name}`, ...extra(), ...words],
    { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' },
  );
  if (status !== 0) fail(`${stack.stackName} was not deployed; the ones before it are. Mend it and run this again`);
}

/** What a pipeline adds, such as `CDK_FLAGS="--require-approval never"`. */
function extra(): string[] {
  return (process.env.CDK_FLAGS ?? '').split(' ').filter((word) => word !== '');
}

function inOrder(all: readonly AddressedStack[]): AddressedStack[] {
  const placed: AddressedStack[] = [];
  while (placed.length < all.length) {
    const next = all.find(
      (stack) =>
        !placed.includes(stack) &&
        // A stack that this environment does not have is waited for by nobody.
        stack.after.every((id) => placed.some((one) => one.id === id) || !all.some((one) => one.id === id)),
    );
    if (!next) throw new Error('the stacks wait for each other');
    placed.push(next);
  }
  return placed;
}

async function parametersOf(stack: AddressedStack): Promise<Record<string, string>> {
  const standing = await look(stack);
  const found: Record<string, string> = {};
  const missing: string[] = [];
  const late: [string, Extract<ParameterSource, { from: 'fingerprint' }>][] = [];
  for (const [parameter, source] of Object.entries(stack.parameters)) {
    if (source.from === 'fingerprint') late.push([parameter, source]);
    else {
      // The file first: a value that is written there is meant. Otherwise what the stack was given before.
      const value =
        (await told(source, standing !== undefined)) ??
        values[stack.id]?.[parameter] ??
        standing?.parameters[parameter];
      if (value === undefined) missing.push(`values.${stack.id}.${parameter}: ${meaning(source)}`);
      else found[parameter] = value;
    }
  }
  if (missing.length > 0)
    fail(`${stack.stackName} wants values; write them to ${relative(process.cwd(), fileOf(name!))}:\n  ${missing.join('\n  ')}`);
  for (const [parameter, { of }] of late) {
    const pairs = of.map((one) => [one, found[one]]);
    found[parameter] = createHash('sha256').update(JSON.stringify(pairs)).digest('hex').slice(0, 12);
  }
  return found;
}

/** What can be told without the file. */
async function told(source: ParameterSource, exists: boolean): Promise<string | undefined> {
  if (source.from === 'value') return source.value;
  // For the first deployment only: afterwards what was changed since stays.
  if (source.from === 'first') return exists ? '' : source.value;
  if (source.from !== 'stack') return undefined;
  const producer = stacks.find(({ id }) => id === source.stack);
  return producer && (await look(producer))?.outputs[source.output];
}

function meaning(source: ParameterSource): string {
  switch (source.from) {
    case 'stack':
      return `the output ${source.output} of ${source.stack}, which is not deployed`;
    case 'image':
      return `the image of ${source.service} as <repository>@sha256:<digest>, after docker push`;
    case 'secret':
      return `the full ARN of the secret ${source.secretName}`;
    case 'shared':
      return `the value of the SSM parameter ${source.parameter}`;
    case 'state':
      return `${source.key}: the ARN of an issued certificate, the priority of a listener rule, or an AMI`;
    default:
      return source.from;
  }
}

async function look({ stackName, region }: Pick<AddressedStack, 'stackName' | 'region'>) {
  const client = new CloudFormationClient({ region });
  const stack = await client.send(new DescribeStacksCommand({ StackName: stackName })).then(
    ({ Stacks }) => Stacks?.[0],
    (error: Error) => {
      // CloudFormation has no other name for it.
      if (error.name === 'ValidationError' && /does not exist/.test(error.message)) return undefined;
      throw error;
    },
  );
  // A first creation that failed leaves a stack without resources, which the cdk CLI replaces.
  if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS' || stack.StackStatus === 'ROLLBACK_COMPLETE') return undefined;
  const pairs = <T>(list: readonly T[] = [], key: (one: T) => string, value: (one: T) => string) =>
    Object.fromEntries(list.map((one) => [key(one), value(one)]));
  return {
    parameters: pairs(stack.Parameters, (one) => one.ParameterKey!, (one) => one.ParameterValue ?? ''),
    outputs: pairs(stack.Outputs, (one) => one.OutputKey!, (one) => one.OutputValue ?? ''),
  };
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
