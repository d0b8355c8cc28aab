import { describe, expect, it } from 'vitest';
import { secrets } from '../../../sandbox/services/secretsmanager/state.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const YAML = `project: demo
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 }, rotationDays: 30 } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const DAY_MS = 24 * 60 * 60_000;

describe('the rotation of passwords', () => {
  it('password-rotation: healthy where the schedule is there and nothing is left of a rotation', async () => {
    const project = await startDeployed({ yaml: YAML });
    await project.aws.settle();
    expect((await checked(project, 'password-rotation')).checks).toMatchObject([
      { status: 'ok', detail: 'databases.main' },
    ]);
  });

  it('password-rotation: sick where one was begun and not finished, where it is long due, or where nothing rotates', async () => {
    const project = await startDeployed({ yaml: YAML });
    await project.aws.settle();
    const table = secrets.in(project.aws.scope);
    const { arn } = table.values()[0]!;
    table.update(arn, (draft) => {
      draft.versions.push({ id: 'v', stages: ['AWSPENDING'], created: 0 });
    });
    // Seconds after it began it is only under way.
    expect((await checked(project, 'password-rotation')).checks).toMatchObject([{ status: 'ok' }]);
    table.update(arn, (draft) => {
      draft.changed -= DAY_MS;
    });
    const { checks, exitCode } = await checked(project, 'password-rotation');
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      {
        subject: 'databases.main',
        detail: expect.stringContaining('was begun'),
        evidence: [{ call: 'secretsmanager:DescribeSecret', value: 'AWSPENDING' }],
        remedy: expect.stringContaining('platform logs main-rotation --env dev --sandbox shows why'),
      },
    ]);
    table.update(arn, (draft) => {
      draft.versions.pop();
      draft.nextRotation = Date.now() - 3 * DAY_MS;
    });
    expect((await checked(project, 'password-rotation')).checks).toMatchObject([
      { detail: expect.stringContaining('was to be rotated until') },
    ]);
    table.update(arn, (draft) => {
      delete draft.rotation;
    });
    expect((await checked(project, 'password-rotation')).checks).toMatchObject([
      { detail: expect.stringContaining('no schedule'), remedy: 'platform deploy --env dev --sandbox makes it' },
    ]);
  });
});
