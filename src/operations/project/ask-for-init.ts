import { basename } from 'node:path';
import type { Context } from '../../context.ts';
import type { DetectedApplication } from '../../domain/detected-application.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { githubRemote } from '../../process/git.ts';
import { holdsAnything, readApplication } from '../../process/read-application.ts';
import { defaultPort, type InitAnswers, kindOf, PRESETS, type Preset } from './init-files.ts';

export interface InitFlags {
  preset?: string;
  project?: string;
  region?: string | undefined;
  environments?: string[];
  port?: number;
  health?: string;
  domain?: string;
  account?: string;
  dockerfile?: boolean;
  application?: boolean;
  repository?: string;
  workflows?: boolean;
}

const TITLES: Record<Preset, string> = {
  'web-service': 'a web application in a container, with a database',
  'next-app': 'a Next.js application on Lambda and CloudFront',
  'api-workers': 'an API in containers, with a queue and workers behind it',
  'serverless-api': 'an API on Lambda, with things that happen at a time',
};

/** Stand for what only the user knows, so that the project loads and can be rehearsed at once. */
const SOME_ACCOUNT = '000000000000';
const SOME_DOMAIN = 'app.example.com';

/** Everything `init` must know: what flags say, else what the files say, else what a person says. */
export async function askForInit(
  { directory, prompter, reporter }: Pick<Context, 'directory' | 'prompter' | 'reporter'>,
  flags: InitFlags,
): Promise<InitAnswers> {
  const found = await readApplication(directory);
  const application = found ?? { context: '.', dockerfile: false };
  reporter.note(foundText(application));
  const preset = (flags.preset ??
    (await prompter.choose({
      text: 'What is it?',
      flag: '--preset',
      initial: application.framework === 'next' ? 'next-app' : 'web-service',
      choices: PRESETS.map((value) => ({ value, title: `${value}: ${TITLES[value]}` })),
    }))) as Preset;
  const project = await text(flags.project, {
    text: 'Name of the project?',
    flag: '--project',
    initial: projectName(directory),
    check: checkName,
  });
  const region = await text(flags.region, {
    text: 'AWS region?',
    flag: '--region',
    initial: 'us-east-1',
    check: checkRegion,
  });
  const environments =
    flags.environments ??
    (
      await prompter.input({
        text: 'Environments?',
        flag: '--environments',
        initial: 'dev,prod',
        check: (answer) => checkNames(answer.split(',').map((name) => name.trim())),
      })
    )
      .split(',')
      .map((name) => name.trim());
  refuse('--environments', checkNames(environments));

  const minimal =
    flags.application ?? (found ? false : await wantsApplication(prompter, await holdsAnything(directory)));
  const containers = preset === 'web-service' || preset === 'api-workers';
  const port =
    flags.port ??
    application.port ??
    (containers
      ? Number(
          await text(undefined, {
            text: 'Port of the container?',
            flag: '--port',
            initial: String(defaultPort(application)),
            check: checkPort,
          }),
        )
      : defaultPort(application));
  const healthPath =
    flags.health ??
    application.healthPath ??
    (containers
      ? await text(undefined, {
          text: 'Path of the health check?',
          flag: '--health',
          initial: '/health',
          check: checkPath,
        })
      : minimal || preset === 'serverless-api'
        ? HEALTH[preset]
        : '');
  if (healthPath !== '') refuse('--health', checkPath(healthPath));
  const prod = environments.find((name) => kindOf(name) === 'prod');
  const domain =
    flags.domain ??
    (prod
      ? await text(undefined, {
          text: `Host name of ${prod}?`,
          flag: '--domain',
          initial: SOME_DOMAIN,
          check: checkDomain,
        })
      : SOME_DOMAIN);
  const account =
    flags.account ??
    (prod
      ? await text(undefined, {
          text: `AWS account of ${prod}?`,
          flag: '--account',
          initial: SOME_ACCOUNT,
          check: checkAccount,
        })
      : SOME_ACCOUNT);
  const repository = flags.repository ?? (await githubRemote(directory)) ?? '';
  refuse('--repository', checkRepository(repository));
  if (flags.workflows && repository === '')
    refuse('--repository', 'workflows want the repository that they deploy from, OWNER/REPOSITORY');
  refuse('--domain', checkDomain(domain));
  refuse('--account', checkAccount(account));
  return {
    preset,
    project,
    region,
    environments,
    application,
    port,
    healthPath,
    domain,
    account,
    dockerfile: flags.dockerfile ?? false,
    minimal,
    repository,
  };

  async function text(
    given: string | undefined,
    question: { text: string; flag: string; initial: string; check: (answer: string) => string | undefined },
  ): Promise<string> {
    const answer = given ?? (await prompter.input(question));
    refuse(question.flag, question.check(answer));
    return answer;
  }
}

/** What the application of a preset answers when nobody asks for another path. */
const HEALTH: Record<Preset, string> = {
  'web-service': '/health',
  'next-app': '/api/health',
  'api-workers': '/health',
  'serverless-api': '/health',
};

const wantsApplication = async (prompter: Context['prompter'], holdsCode: boolean): Promise<boolean> =>
  (await prompter.choose({
    text: 'Write a small application to begin with?',
    flag: '--application',
    remedy: 'add --application or --no-application',
    initial: holdsCode ? 'no' : 'yes',
    choices: [
      { value: 'yes', title: 'yes' },
      { value: 'no', title: 'no, there is one' },
    ],
  })) === 'yes';

/** The folder's name, made into one that AWS accepts everywhere. */
function projectName(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 31);
  return name || 'app';
}

const checkName = (name: string) =>
  /^[a-z][a-z0-9-]{0,30}$/.test(name)
    ? undefined
    : `"${name}" is no name: lower-case letters, digits and hyphens, a letter first, 31 at most`;
const checkNames = (names: readonly string[]): string | undefined =>
  names.includes('sandbox')
    ? 'sandbox is there in every project without being declared'
    : names.map(checkName).find((wrong) => wrong !== undefined);
const checkRegion = (region: string) =>
  /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? undefined : `"${region}" is no AWS region, such as eu-central-1`;
const checkPort = (port: string) =>
  /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535
    ? undefined
    : `"${port}" is no port: 1 to 65535`;
const checkPath = (path: string) =>
  /^\/[\w\-./~%]*$/.test(path) ? undefined : `"${path}" is no path: it begins with a slash`;
const checkDomain = (domain: string) =>
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domain) ? undefined : `"${domain}" is no host name`;
const checkRepository = (repository: string) =>
  repository === '' || /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(repository)
    ? undefined
    : `"${repository}" is no repository: OWNER/REPOSITORY`;
const checkAccount = (account: string) =>
  /^\d{12}$/.test(account) ? undefined : `"${account}" is no AWS account: twelve digits`;

function refuse(flag: string, wrong: string | undefined): void {
  if (wrong)
    throw new PlatformError({
      id: 'init-answer',
      kind: 'usage',
      message: `${flag}: ${wrong}`,
      remedy: `platform init ${flag} <value>`,
    });
}

const FRAMEWORKS = { django: 'Django', express: 'Express', fastify: 'Fastify', next: 'Next.js' } as const;

function foundText({ framework, context, dockerfile, port, healthPath }: DetectedApplication): string {
  if (!framework && !dockerfile)
    return 'Found no application that this version knows; the questions have usual answers';
  const parts = [
    framework ? FRAMEWORKS[framework] : 'a Dockerfile',
    ...(context === '.' ? [] : [`in ${context}`]),
    ...(framework && dockerfile ? ['with a Dockerfile'] : []),
    ...(port ? [`on port ${port}`] : []),
    ...(healthPath ? [`health check ${healthPath}`] : []),
  ];
  return `Found ${parts.join(', ')}`;
}
