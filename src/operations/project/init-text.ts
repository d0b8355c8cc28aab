import type { Framework } from '../../domain/detected-application.ts';
import type { InitOutcome } from './init.ts';
import { type InitAnswers, packagesFirst } from './init-files.ts';

/** What was written, and what to type next. */
export function initText({ files, dryRun }: InitOutcome, answers: InitAnswers): string {
  const { environments, account, domain } = answers;
  const done = ({ action }: InitOutcome['files'][number]) =>
    dryRun && (action === 'created' || action === 'changed') ? `would be ${action}` : action;
  const width = Math.max(...files.map((file) => done(file).length));
  const changed = files.some(({ action }) => action === 'created' || action === 'changed');
  const examples = account === '000000000000' || domain.endsWith('.example.com');
  return [
    ...files.map((file) => `${done(file).padEnd(width)}  ${file.path}`),
    ...(dryRun ? ['Nothing was written'] : []),
    ...(changed && examples && environments.length > 0
      ? ['Lines with "change me" hold example values: enough for the sandbox, not for AWS']
      : []),
    ...healthHint(answers),
    ...packageHints(answers),
    ...(dryRun ? [] : [`Next: ${[...packagesFirst(answers), 'platform deploy --env sandbox'].join(', then ')}`]),
  ].join('\n');
}

const ROUTES: Record<Framework, (path: string) => string> = {
  express: (path) => `app.get('${path}', (request, response) => response.json({ status: 'ok' }))`,
  fastify: (path) => `app.get('${path}', async () => ({ status: 'ok' }))`,
  next: (path) => `app${path}/route.js with: export const GET = () => Response.json({ status: 'ok' })`,
  django: (path) =>
    `path('${path.slice(1)}', lambda request: HttpResponse('ok')), and a middleware before all others that lets it by: the load balancer asks by the task's address, which ALLOWED_HOSTS does not know`,
};

/** Only where nothing was found that answers: a service whose health check fails never comes up. */
function healthHint({ preset, application, minimal, healthPath }: InitAnswers): string[] {
  if (minimal || application.healthPath || !['web-service', 'api-workers'].includes(preset)) return [];
  const { framework } = application;
  return [
    `${healthPath} has to answer 200, to anybody and without a redirect: the load balancer asks there`,
    ...(framework ? [`  ${ROUTES[framework](healthPath)}`] : []),
  ];
}

/** What the configuration and a Dockerfile of ours take for granted of an application that was there already. */
function packageHints({ preset, application, minimal, dockerfile }: InitAnswers): string[] {
  const { node } = application;
  if (minimal || !node || !['web-service', 'api-workers'].includes(preset)) return [];
  return [
    ...(node.scripts.includes('migrate')
      ? []
      : [
          'package.json has no script "migrate", which every deployment runs: write one, or take migrations out of platform.yaml',
        ]),
    ...(dockerfile && !application.dockerfile && !node.locked
      ? ['The Dockerfile runs npm ci, which wants package-lock.json: npm install writes it']
      : []),
    ...(dockerfile && !application.dockerfile && !node.start
      ? ['The Dockerfile runs npm start, and package.json has no script "start": write one']
      : []),
  ];
}
