import { describe, expect, it } from 'vitest';
import { BUCKET, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

describe('platform deploy', () => {
  it('S0-13: creates, costs no write when nothing changed, and updates what did', async () => {
    const { platform, configure, asked, writes, forget } = await startDeployable({ yaml: smallYaml(QUEUE) });
    const first = await platform('deploy --env dev --yes --json');
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.json().stacks).toMatchObject([{ name: 'demo-dev-messaging', action: 'create' }]);

    forget();
    const second = await platform('deploy --env dev --yes --json');
    expect(second.json().stacks).toEqual([{ name: 'demo-dev-messaging', action: 'none', seconds: 0 }]);
    expect(second.json().release.id).toBe(first.json().release.id);
    expect(writes()).toEqual([]);

    configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }\nbuckets: { files: {} }'));
    forget();
    const third = await platform('deploy --env dev --yes --json');
    expect(third.json().stacks).toMatchObject([
      { name: 'demo-dev-data', action: 'create' },
      { name: 'demo-dev-messaging', action: 'update' },
    ]);
    expect(asked().filter((call) => call === 'cloudformation:ExecuteChangeSet')).toHaveLength(2);
    expect(third.json().release.id).not.toBe(first.json().release.id);
  });

  it('S1-17: its document holds what was done, what it costs in time, and the outputs that platform outputs prints', async () => {
    const { platform } = await startDeployable({ yaml: smallYaml(`${QUEUE}\n${BUCKET}`) });
    const { stdout, json } = await platform('deploy --env dev --yes --json');
    const document = json();
    expect(document).toEqual({
      environment: 'dev',
      release: { id: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/), commit: null, images: {} },
      stacks: [
        { name: 'demo-dev-data', action: 'create', seconds: expect.any(Number) },
        { name: 'demo-dev-messaging', action: 'create', seconds: expect.any(Number) },
      ],
      migration: null,
      smoke: null,
      outputs: {
        'buckets.files.name': expect.any(String),
        'queues.jobs.arn': expect.any(String),
        'queues.jobs.deadLetterUrl': expect.any(String),
        'queues.jobs.url': expect.any(String),
      },
      services: [],
      functions: [],
      sites: [],
      simulated: false,
      builds: [],
      unsetVariables: [],
      time: { aws: expect.any(Number), ours: expect.any(Number) },
      dryRun: false,
      confirmations: [],
      broadens: [],
    });
    expect(document.time.aws).toBeGreaterThan(0);
    expect(stdout).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
    expect((await platform('outputs --env dev --json')).json()).toEqual(document.outputs);
  });

  it('asks where nobody can answer: exit 2, and nothing is changed', async () => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(QUEUE) });
    for (const target of ['--env dev', '--env sandbox']) {
      const { exitCode, stderr } = await platform(`deploy ${target}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--yes');
    }
    expect(writes()).toEqual([]);
  });

  it('asks again nothing of an environment that has changed nothing since, not even for its lock', async () => {
    const { platform, configure, writes, forget } = await startDeployable({ yaml: smallYaml(QUEUE) });
    await platform('deploy --env dev --yes');
    configure(smallYaml(`${QUEUE}\n${BUCKET}`));
    forget();
    expect((await platform('deploy --env dev')).exitCode).toBe(2);
    expect(writes()).toEqual([]);
  });

  it('takes no for an answer: exit 5, one quiet line, and nothing is changed', async () => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(QUEUE) });
    const asked: string[] = [];
    const answer = (question: string) => {
      asked.push(question);
      return false;
    };
    const { exitCode, stderr } = await platform('deploy --env dev', { answer });
    expect(exitCode).toBe(5);
    expect(asked).toEqual(['Deploy this to dev (account 111111111111, us-east-1)? (--yes)']);
    expect(stderr.trim().split('\n').at(-1)).toBe('Declined: Deploy this to dev (account 111111111111, us-east-1)?');
    expect(writes()).toEqual([]);
  });

  it('a dry run says what it would do, and changes nothing', async () => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(QUEUE) });
    const run = await platform('deploy --env dev --dry-run --json');
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.json()).toMatchObject({
      dryRun: true,
      release: null,
      stacks: [{ name: 'demo-dev-messaging', action: 'create' }],
      confirmations: [],
      broadens: [],
    });
    expect(run.stderr).toContain(
      'would ask "Deploy this to dev (account 111111111111, us-east-1)?" (--yes answers it)',
    );
    expect(writes()).toEqual([]);
  });

  it('a dry run tells of the bootstrap that a deployment would bring along', async () => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    const { exitCode, stderr } = await platform('deploy --env dev --dry-run');
    expect({ exitCode, writes: writes() }).toEqual({ exitCode: 0, writes: [] });
    expect(stderr).toContain(
      'would ask "Bootstrap us-east-1 and deploy this to dev (account 111111111111, us-east-1)?"',
    );
  });

  it('asks AWS nothing more once the account is the wrong one: exit 4 (F-32)', async () => {
    const yaml = smallYaml(QUEUE).replace('dev, account: "111111111111"', 'dev, account: "999999999999"');
    const { platform, asked } = await startDeployable({ yaml });
    const { exitCode, stdout, json } = await platform('deploy --env dev --yes --json');
    expect(exitCode).toBe(4);
    expect(json().error).toMatchObject({ id: 'account-mismatch', kind: 'credentials' });
    expect(stdout.match(/^\{$/gm)).toHaveLength(1);
    expect(asked()).toEqual(['sts:GetCallerIdentity']);
  });

  it('asks AWS nothing while the configuration breaks a rule', async () => {
    const yaml = smallYaml(QUEUE).replace('[subnet-0a1b2c33, subnet-0a1b2c34]', '[subnet-0a1b2c33]');
    const { platform, asked } = await startDeployable({ yaml });
    for (const command of ['deploy --yes', 'diff']) {
      const { exitCode, stderr } = await platform(`${command} --env dev`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('id: config-unsound');
    }
    expect(asked()).toEqual([]);
  });
});

const WORKER = 'services: { worker: { image: { context: . } } }';

describe('the image of a service', () => {
  it.each([
    ['worker', 'is not <service>=<tag>'],
    ['worker=a;rm', 'is not <service>=<tag>'],
    ['woker=v1', 'one of worker'],
  ])('--image %s is a mistake of the command line', async (image, text) => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(WORKER) });
    const { exitCode, stderr } = await platform(['deploy', '--env', 'dev', '--yes', '--image', image]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(text);
    expect(writes()).toEqual([]);
  });

  it('that is missing stops a deployment before anything is changed, and its dry run too (F-37)', async () => {
    const { platform, writes } = await startDeployable({ yaml: smallYaml(WORKER) });
    for (const flags of ['--yes --no-build', '--dry-run --no-build', '--yes --image worker=v7']) {
      const run = await platform(`deploy --env dev --json ${flags}`);
      expect(run.exitCode).toBe(1);
      expect(run.json().error).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'F-37' }] });
    }
    expect(writes()).toEqual([]);
  });
});
