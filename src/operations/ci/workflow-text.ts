import { stringify } from 'yaml';
import { PINNED_ACTIONS, PIPELINE_NODE } from '../../domain/pinned-actions.ts';
import { fillTemplate } from '../../release/fill-template.ts';
import { conditionOf, type PipelineStage } from '../../release/pipeline-stages.ts';

export interface WorkflowInput {
  /** Text of a file in `templates/workflows`. */
  template: (name: string) => string;
  stages: readonly PipelineStage[];
  /** `delivery.paths`. */
  paths: Partial<Record<'services' | 'infra' | 'sites' | 'functions', readonly string[]>>;
  steps: readonly CheckStep[];
  /** Images of what steps want beside them. */
  postgres: string;
  emulator?: { image: string; port: number; dockerSocket: boolean; env: Readonly<Record<string, string>> };
  /** What the project has of sites that are built: files alone, or a server as well, which comes with a deployment. */
  sites: 'none' | 'files' | 'servers';
  /** `${ci.NAME}` of their builds. */
  variables: readonly string[];
  /** The command that brings `platform` along. */
  install: string;
  /** Of platform.yaml, from the root of the repository; empty: it is the root. */
  folder: string;
}

export interface CheckStep {
  name: string;
  run: string;
  coverage?: number;
  services: readonly ('docker' | 'emulator' | 'postgres')[];
}

/** The workflows of a project, by file name. The same project gives the same text. */
export function workflowTexts(input: WorkflowInput): Record<string, string> {
  const { stages, paths, sites } = input;
  const apart = sites === 'files' && paths.sites !== undefined;
  const others = [...(paths.services ?? []), ...(paths.functions ?? []), ...(paths.infra ?? [])];
  // What no workflow of its own takes: a push that changes only that is deployed with everything else.
  if (others.length > 0 && sites !== 'none' && !apart) others.push(...(paths.sites ?? []));
  return {
    'ci.yml': fill(input, 'ci.yml', {
      steps: input.steps.map((step, index) => stepText(input, step, input.steps[index - 1])).join(''),
      environments: stages.map(({ environment }) => environment).join(', '),
    }),
    'deploy.yml': fill(input, 'deploy.yml', {
      triggers: triggersText(stages, others),
      jobs: stages.map((stage) => deployText(input, stage)).join('\n'),
    }),
    ...(apart
      ? {
          'sites.yml': fill(input, 'sites.yml', {
            triggers: triggersText(stages, paths.sites!),
            jobs: stages.map((stage) => siteText(input, stage)).join('\n'),
          }),
        }
      : {}),
  };
}

function fill(input: WorkflowInput, name: string, values: Record<string, string> = {}): string {
  const { template, install, folder } = input;
  const one = (file: string, more: Record<string, string> = {}) =>
    fillTemplate(template(file), {
      ...PINNED_ACTIONS,
      node: PIPELINE_NODE,
      install: scalar(install),
      ...more,
    }).trimEnd();
  const defaults = folder === '' ? '' : `\ndefaults:\n  run:\n    working-directory: ${scalar(folder)}\n`;
  const parts = { prepare: one('prepare.yml'), credentials: one('credentials.yml'), defaults };
  return `${one(name, { ...parts, ...values })}\n`;
}

function triggersText(stages: readonly PipelineStage[], paths: readonly string[]): string {
  const branches = [...new Set(stages.flatMap(({ on }) => ('branch' in on ? [on.branch] : [])))];
  const tags = [...new Set(stages.flatMap(({ on }) => ('tag' in on ? [on.tag] : [])))];
  const list = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`    ${name}: [${values.map((value) => JSON.stringify(value)).join(', ')}]`];
  const push = [...list('branches', branches), ...list('tags', tags)];
  return [
    ...(push.length === 0 ? [] : ['  push:', ...push, ...list('paths', paths)]),
    '  workflow_dispatch:',
    '    inputs:',
    '      environment:',
    '        description: Environment to bring up',
    '        type: choice',
    `        options: [${stages.map(({ environment }) => environment).join(', ')}]`,
    '        required: true',
    '',
  ].join('\n');
}

function deployText(input: WorkflowInput, stage: PipelineStage): string {
  const { environment, planned, requires } = stage;
  const run = (words: string) => `      - run: npx --no -- platform ${words}`;
  const healthy = requires.includes('no-open-alarms') ? [run(`doctor --env ${environment} --only alarms`)] : [];
  // A deployment builds the sites whose sources have changed, and brings their files up.
  const deployRun = (words: string) => `${run(`deploy --env ${environment} ${words}`)}${variablesText(input)}`;
  const values = { env: environment, reviewers: reviewersText(stage) };
  if (!planned)
    return fill(input, 'deploy-job.yml', {
      ...values,
      needs: needsOf(stage),
      condition: conditionOf(stage),
      deploy: [...healthy, deployRun('--yes')].join('\n'),
    });
  const plan = fill(input, 'plan-job.yml', { ...values, needs: needsOf(stage), condition: conditionOf(stage) });
  const deploy = fill(input, 'deploy-job.yml', {
    ...values,
    needs: `    needs: [${environment}-plan]\n`,
    condition: `\${{ !cancelled() && needs.${environment}-plan.result == 'success' }}`,
    deploy: [
      `      - uses: ${PINNED_ACTIONS.downloadArtifact}`,
      '        with:',
      `          name: plan-${environment}`,
      '          path: ${{ runner.temp }}',
      ...healthy,
      deployRun('--plan "$RUNNER_TEMP/plan.json" --yes'),
    ].join('\n'),
  });
  return `${plan}\n${deploy}`;
}

const siteText = (input: WorkflowInput, stage: PipelineStage): string =>
  fill(input, 'site-job.yml', {
    env: stage.environment,
    needs: needsOf(stage),
    condition: conditionOf(stage),
    reviewers: reviewersText(stage),
    variables: variablesText(input),
  });

const needsOf = ({ on }: PipelineStage): string => ('after' in on ? `    needs: [${on.after}]\n` : '');

/** Who approves is a setting of GitHub's environment; a workflow cannot say it. */
function reviewersText({ environment, reviewers, requires }: PipelineStage): string {
  const unchecked = requires.filter((one) => one !== 'no-open-alarms');
  return (
    [
      ...(reviewers.length > 0
        ? [`    # Approved by ${reviewers.join(', ')}: reviewers of the environment ${environment} at GitHub.`]
        : []),
      ...(unchecked.length > 0
        ? [`    # Nothing here checks this; whoever approves does: ${unchecked.join(', ')}.`]
        : []),
    ]
      // A line end in a name would be the end of the comment.
      .map((line) => `${line.replace(/[\r\n]+/g, ' ')}\n`)
      .join('')
  );
}

/** What a secret of that name holds, else the variable: a token that browsers get to see is no secret. */
function variablesText({ variables }: WorkflowInput): string {
  if (variables.length === 0) return '';
  const lines = variables.map((name) => `          ${name}: \${{ secrets.${name} || vars.${name} }}`);
  return `\n        env:\n${lines.join('\n')}`;
}

function stepText(input: WorkflowInput, step: CheckStep, before: CheckStep | undefined): string {
  const coverage =
    step.coverage === undefined ? '' : `      - run: npx --no -- platform ci coverage --least ${step.coverage}\n`;
  return `${fill(input, 'ci-step.yml', {
    name: step.name,
    needs: before ? `    needs: [${before.name}]\n` : '',
    services: servicesText(input, step),
    run: scalar(step.run),
    coverage,
  })}\n`;
}

function servicesText({ postgres, emulator }: WorkflowInput, { services }: CheckStep): string {
  const wanted: Record<string, object> = {};
  const env: Record<string, string> = {};
  if (services.includes('postgres')) {
    wanted.postgres = {
      image: postgres,
      env: { POSTGRES_PASSWORD: 'postgres' },
      ports: ['5432:5432'],
      options: '--health-cmd pg_isready --health-interval 5s --health-timeout 5s --health-retries 12',
    };
    env.DATABASE_URL = 'postgresql://postgres:postgres@localhost:5432/postgres';
  }
  if (services.includes('emulator') && emulator) {
    wanted.emulator = {
      image: emulator.image,
      ...(Object.keys(emulator.env).length > 0 ? { env: emulator.env } : {}),
      ports: [`${emulator.port}:${emulator.port}`],
      ...(emulator.dockerSocket ? { volumes: ['/var/run/docker.sock:/var/run/docker.sock'] } : {}),
    };
    Object.assign(env, {
      AWS_ENDPOINT_URL: `http://localhost:${emulator.port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  }
  if (Object.keys(wanted).length === 0) return '';
  return stringify({ services: wanted, env }, { lineWidth: 0 }).replace(/^(?=.)/gm, '    ');
}

/** A text as YAML has it, on one line. */
const scalar = (text: string): string =>
  text.includes('\n') ? JSON.stringify(text) : stringify(text, { lineWidth: 0 }).trimEnd();
