import { EventBridge } from '@aws-sdk/client-eventbridge';
import {
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { recordCalls } from '../../../sandbox/services/lambda/function-metrics.ts';
import { versions } from '../../../sandbox/services/lambda/state.ts';
import { appendLogEvents } from '../../../sandbox/services/logs/append-log-events.ts';
import { type Deployable, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';

const BLOCKS = `buses: { domain: {} }
queues: { jobs: {} }
functions:
  audit: { source: src/audit.ts, trigger: { on: bus, bus: bus.domain, detailTypes: [OrderPlaced] } }
  worker: { source: src/says.ts, trigger: { on: queue, queue: queue.jobs } }
  api: { source: src/says.ts }
apis: { public: { kind: http, handler: fn.api } }
`;
/** Does as it is told by the event. */
const SAYS = `interface Told { detail?: { do?: string }; do?: string }
export const handler = async (event: Told): Promise<unknown> => {
  const told = event.detail?.do ?? event.do;
  if (told === 'hide') { console.error('order 7 was not written'); return { error: 'order 7' }; }
  if (told === 'fail') throw new Error("Cannot find module './prices.js'");
  return {};
};
`;
const FILES = { 'src/audit.ts': SAYS, 'src/says.ts': SAYS };
const PLACE = '--env dev';
const deployed = async () => {
  const project = await startDeployable({ yaml: smallYaml(BLOCKS), files: FILES });
  const { outputs } = (await project.succeed(`deploy ${PLACE} --yes --json`)).json();
  return { ...project, outputs };
};
const seen = (project: Pick<Deployable, 'platform'>, ids = 'functions function-errors event-targets') =>
  checked(project, ids, PLACE);

const lambda = ({ aws }: Deployable) => aws.client(Lambda);
const place = async (project: Deployable, told: string) => {
  await project.aws.client(EventBridge).putEvents({
    Entries: [
      {
        EventBusName: 'demo-dev-domain',
        Source: 'shop',
        DetailType: 'OrderPlaced',
        Detail: JSON.stringify({ do: told }),
      },
    ],
  });
  await project.aws.settle();
};

it('functions: healthy where all are there; function-errors: healthy where calls succeed; event-targets: healthy where they reach (not F-101, not F-105, not F-106)', async () => {
  const project = await deployed();
  await place(project, 'nothing');
  const { exitCode, checks } = await seen(project);
  expect(exitCode).toBe(0);
  expect(checks).toMatchObject([
    { id: 'functions', status: 'ok', detail: '3 functions' },
    { id: 'function-errors', status: 'ok' },
    { id: 'event-targets', status: 'ok', detail: '3 functions' },
  ]);
  expect((await project.platform(`doctor audit ${PLACE} --json`)).exitCode).toBe(0);
});

it('event-targets: sick where what starts a function was switched off by hand (F-19), not F-19 where it is paused; --fix asks and switches it on', async () => {
  const project = await deployed();
  const { EventSourceMappings } = await lambda(project).listEventSourceMappings({});
  const { UUID } = EventSourceMappings![0]!;
  await project.succeed(`pause worker ${PLACE} --yes`);
  expect((await seen(project, 'event-targets')).checks).toMatchObject([{ status: 'ok' }]);
  await project.succeed(`resume worker ${PLACE} --yes`);

  await lambda(project).updateEventSourceMapping({ UUID, Enabled: false });
  await lambda(project).putFunctionConcurrency({
    FunctionName: project.outputs['functions.api.name'],
    ReservedConcurrentExecutions: 0,
  });
  const events = project.aws.client(EventBridge);
  const { Rules } = await events.listRules({ EventBusName: 'demo-dev-domain' });
  await events.disableRule({ Name: Rules![0]!.Name!, EventBusName: 'demo-dev-domain' });
  await project.aws.settle();
  expect(await seen(project, 'event-targets')).toMatchObject({
    exitCode: 1,
    checks: [
      { subject: 'functions.api', failure: 'F-19', evidence: [{ read: 'ReservedConcurrentExecutions', value: '0' }] },
      { subject: 'functions.audit', failure: 'F-19', evidence: [{ value: 'DISABLED' }] },
      { subject: 'functions.worker', failure: 'F-19', handling: 'ASK', evidence: [{ value: 'Disabled' }] },
    ],
  });
  const fixed = await checked(project, 'event-targets', `${PLACE} --fix --yes`);
  expect(fixed).toMatchObject({
    exitCode: 0,
    document: { fixes: [{ outcome: 'fixed' }, { outcome: 'fixed' }, { outcome: 'fixed' }] },
  });
});

it('function-errors: sick where errors are written and none is told (F-105); where calls fail it says of what (F-103, not F-105)', async () => {
  const project = await deployed();
  await place(project, 'hide');
  expect(await seen(project, 'function-errors')).toMatchObject({
    exitCode: 0,
    checks: [
      {
        failure: 'F-105',
        severity: 'warning',
        subject: 'functions.audit',
        evidence: [
          { call: 'logs:FilterLogEvents', value: expect.stringContaining('order 7 was not written') },
          { value: '0' },
        ],
        remedy: expect.stringContaining('let the handler throw'),
      },
    ],
  });
  await place(project, 'fail');
  const after = await seen(project, 'function-errors');
  expect(after.checks).toMatchObject([
    {
      failure: 'F-103',
      subject: 'functions.audit',
      detail: expect.stringContaining('calls failed within the last hour'),
    },
  ]);
});

it('not F-102: a call that took too long, of a function that has no network around it', async () => {
  const project = await deployed();
  recordCalls(project.outputs['functions.audit.name'], { calls: 4, failed: 4 }, project.aws.scope);
  const { LoggingConfig } = await lambda(project).getFunctionConfiguration({
    FunctionName: project.outputs['functions.audit.name'],
  });
  const line = '2026-11-30T05:00:00.000Z b0b2f1a4 Task timed out after 30.00 seconds';
  appendLogEvents(project.aws.scope, LoggingConfig!.LogGroup!, 'stream', [line]);
  expect((await seen(project, 'function-errors')).checks).toMatchObject([
    {
      failure: null,
      detail: expect.stringContaining('4 of 4 calls failed within the last hour: '),
      severity: 'warning',
    },
  ]);
});

it('not F-105: an API answers its errors, and a queue is given its messages back', async () => {
  const project = await deployed();
  for (const name of ['api', 'worker'])
    await lambda(project).invoke({
      FunctionName: project.outputs[`functions.${name}.name`],
      Qualifier: 'live',
      Payload: JSON.stringify({ do: 'hide' }),
    });
  await project.aws.settle();
  expect((await seen(project, 'function-errors')).checks).toMatchObject([{ status: 'ok' }]);
});

it('event-targets: sick where the function does not let its rule in (F-106); recover puts it back, and what was lost is said', async () => {
  const project = await deployed();
  const FunctionName = project.outputs['functions.audit.name'];
  const { Policy = '' } = await lambda(project).getPolicy({ FunctionName, Qualifier: 'live' });
  for (const { Sid } of JSON.parse(Policy).Statement)
    await lambda(project).removePermission({ FunctionName, Qualifier: 'live', StatementId: Sid });
  await place(project, 'nothing');
  expect(await seen(project, 'event-targets')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        failure: 'F-106',
        severity: 'error',
        subject: 'functions.audit',
        evidence: [{ call: 'lambda:GetPolicy', value: 'absent' }],
        remedy: 'platform recover functions --env dev makes again what is gone',
      },
    ],
  });
  await project.succeed(`recover functions ${PLACE} --yes`);
  expect((await seen(project, 'event-targets')).checks).toMatchObject([
    {
      failure: 'F-106',
      severity: 'warning',
      detail: expect.stringMatching(/^1 event of its rule \S+ did not reach it within the last hour/),
      evidence: [{ call: 'cloudwatch:GetMetricStatistics', value: '1' }],
    },
  ]);
});

it('event-targets: sick where a rule is gone (F-19, not F-106) or leads elsewhere (F-106)', async () => {
  const project = await deployed();
  const events = project.aws.client(EventBridge);
  const bus = { EventBusName: 'demo-dev-domain' };
  const { Rules = [] } = await events.listRules(bus);
  const Rule = Rules[0]!.Name!;
  const { Targets = [] } = await events.listTargetsByRule({ ...bus, Rule });
  await events.removeTargets({ ...bus, Rule, Ids: Targets.map(({ Id }) => Id!) });
  expect((await seen(project, 'event-targets')).checks).toMatchObject([
    { failure: 'F-106', detail: expect.stringContaining('leads to nothing') },
  ]);
  await events.deleteRule({ ...bus, Name: Rule });
  expect((await seen(project, 'event-targets')).checks).toMatchObject([{ failure: 'F-19' }]);
});

it('functions: sick where one is gone (F-19), or cannot have its network (F-101)', async () => {
  const project = await deployed();
  const name = project.outputs['functions.audit.name'];
  versions.in(project.aws.scope).update(`${name}:1`, (draft) => {
    draft.state = 'Failed';
    draft.stateReason = 'The subnet has no address left';
    draft.stateReasonCode = 'SubnetOutOfIPAddresses';
  });
  expect(await seen(project, 'functions')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        failure: 'F-101',
        detail: 'it is Failed: The subnet has no address left',
        evidence: [{ call: 'lambda:GetFunctionConfiguration', read: 'StateReason' }],
        remedy: expect.stringContaining('free addresses in its subnets'),
      },
    ],
  });
  await lambda(project).deleteFunction({ FunctionName: project.outputs['functions.worker.name'] });
  expect((await seen(project, 'functions')).checks).toMatchObject([{ failure: 'F-101' }, { failure: 'F-19' }]);
});

it('functions: sick where a role lost the right to make interfaces (F-101), before Lambda needs new ones', async () => {
  const project = await startDeployable({
    yaml: smallYaml(
      'databases: { main: { databaseName: demo, acu: { min: 0.5, max: 1 } } }\nfunctions: { report: { source: src/says.ts, uses: [db.main] } }',
    ).replace(/^network: .*$/m, 'network: { nat: { gateways: 1 } }'),
    files: FILES,
  });
  const { outputs } = (await project.succeed('deploy --env dev --sandbox --yes --json')).json();
  expect((await checked(project, 'functions')).checks).toMatchObject([{ status: 'ok' }]);
  const { Role = '' } = await lambda(project).getFunctionConfiguration({
    FunctionName: outputs['functions.report.name'],
  });
  const RoleName = Role.split('/').at(-1)!;
  const iam = project.aws.client(IAMClient);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies)
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: PolicyArn! }));
  expect(await checked(project, 'functions')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        failure: 'F-101',
        evidence: [{ call: 'iam:SimulatePrincipalPolicy', value: 'implicitDeny' }],
        remedy: expect.stringContaining('aws iam put-role-policy --role-name'),
      },
    ],
  });
});
