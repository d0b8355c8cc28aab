import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readScenario } from '../../operations/scenarios/read-scenarios.ts';
import { ownAccessKeyId } from '../../sandbox/kernel/access-keys.ts';
import type { Deployable } from '../deployable.ts';
import { REPOSITORY, runProgram } from '../journeys/built-program.ts';
import { foundFailures } from '../scenarios/found-failures.ts';
import { SMALL_YAML, startSmallEnvironment } from '../scenarios/small-environment.ts';
import { type Course, type Verdict, writeVerdicts } from './verdict-text.ts';
import { type Moments, watchVerdict } from './watch-verdict.ts';

/** A look of ours then comes every two virtual seconds, as it does at AWS. */
const SPEED = 100;
const LOOK_SECONDS = 2;
const PLACE = '--env dev --sandbox';
const CHANGED = SMALL_YAML.replace('    port: 8080\n', '    port: 8080\n    env: { RELEASE: "2" }\n');

/** Those of a service that a deployment meets. */
const SCENARIOS = [
  'secret-key-missing',
  'image-gone',
  'log-group-gone',
  'execution-role-lacks-right',
  'egress-closed',
  'out-of-memory',
  'module-missing',
  'command-not-there',
  'health-path-unknown',
  'health-unanswered',
  'port-closed',
  'vcpus-used-up',
];

async function broken(scenario: string): Promise<Deployable> {
  const project = await startSmallEnvironment('deployed');
  await project.succeed(`sandbox break ${scenario} ${PLACE} --yes`);
  project.configure(CHANGED);
  await project.aws.world.setSpeed(SPEED);
  return project;
}

const courseOf = ({ evidence, givenUp, end }: Moments): Course => {
  const since = (at: number | undefined) =>
    at === undefined || evidence === undefined ? null : Math.round((at - evidence) / 100) / 10;
  return { givenUp: since(givenUp), end: since(end) };
};

async function ours(scenario: string): Promise<Pick<Verdict, 'ours' | 'oursNames'>> {
  const project = await broken(scenario);
  const { moments, answer } = await watchVerdict(project.aws, () => project.platform(`deploy ${PLACE} --yes --json`));
  if (answer.exitCode === 0) return { ours: 'mended', oursNames: false };
  const oursNames = foundFailures(answer.json()).includes(readScenario(scenario).failure);
  const isBefore = moments.evidence === undefined && moments.givenUp === undefined;
  return { ours: isBefore ? 'before' : courseOf(moments), oursNames };
}

async function theirs(scenario: string): Promise<Pick<Verdict, 'theirs' | 'theirsSays'>> {
  const { aws, directory, succeed } = await broken(scenario);
  await aws.world.setSpeed(Number.POSITIVE_INFINITY);
  await succeed(`synth ${PLACE}`);
  await aws.world.setSpeed(SPEED);
  const clean = Object.fromEntries(
    Object.keys(process.env).flatMap((name) => (name.startsWith('AWS_') ? [[name, undefined]] : [])),
  );
  const env = {
    ...clean,
    HOME: directory,
    CDK_HOME: join(directory, '.cdk'),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: ownAccessKeyId('111111111111'),
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
  const cdk = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const app = join(directory, '.platform', 'cdk.out', 'dev');
  const words = [
    cdk,
    'deploy',
    'service-web',
    '--exclusively',
    '--app',
    app,
    '--require-approval',
    'never',
    '--no-notices',
    '--ci',
  ];
  const { moments, answer } = await watchVerdict(aws, () =>
    runProgram(process.execPath, words, { cwd: directory, env }),
  );
  const said = answer.stdout + answer.stderr;
  expect(answer.exitCode, said).not.toBe(0);
  expect(moments.givenUp, said).toBeDefined();
  if (process.env.SHOW_CDK) process.stdout.write(`${scenario}\n${said}\n`);
  return { theirs: courseOf(moments), theirsSays: sentenceOf(said) };
}

/** What it says of the failed resource, and of the task where it looks there. */
const sentenceOf = (said: string): string => {
  const [, explained = ''] = said.split('DeploymentError:');
  return explained
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && !/^\(|https:|^service-web\/|Resource updates failed/.test(line))
    .map((line) => line.replace('Resource handler returned message: ', ''))
    .join(' · ')
    .slice(0, 300);
};

const wanted = process.env.VERDICTS === 'all' ? SCENARIOS : (process.env.VERDICTS ?? '').split(',').filter(Boolean);

it.skipIf(wanted.length === 0)(
  'what fails is known earlier than CloudFormation gives up: VERDICTS=all writes the numbers anew',
  { timeout: 3_600_000 },
  async () => {
    const verdicts: Verdict[] = [];
    for (const scenario of wanted) {
      const { failure } = readScenario(scenario);
      const verdict = { scenario, failure, ...(await ours(scenario)), ...(await theirs(scenario)) };
      process.stdout.write(`${JSON.stringify(verdict)}\n`);
      verdicts.push(verdict);
    }
    if (process.env.VERDICTS === 'all') writeVerdicts(verdicts, SPEED);
    for (const { scenario, ours: own, theirs: other } of verdicts)
      if (typeof own === 'object' && own.givenUp !== null && other.givenUp !== null)
        expect(own.givenUp, scenario).toBeLessThanOrEqual(other.givenUp + LOOK_SECONDS);
  },
);
