import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outputsRead, workflowTroubles } from './workflow-troubles.ts';

interface Parts {
  workflow?: string;
  job?: string;
  step?: string;
  run?: string;
}

const SIGN_IN = `      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: arn:aws:iam::111111111111:role/x
          aws-region: us-east-1
`;

const yaml = ({
  workflow = '',
  job = '',
  step = SIGN_IN,
  run = 'npx platform deploy --env dev --yes',
}: Parts) => `name: Deploy
on: push
${workflow}jobs:
  deploy:
    runs-on: ubuntu-latest
${job}    steps:
      # first of all
      - uses: actions/checkout@v7
${step}      - run: ${run}
`;

const kinds = (parts: Parts) => workflowTroubles(yaml(parts)).map(({ kind }) => kind);
const TOKEN = '    permissions: { contents: read, id-token: write }\n';

it.each<[string, Parts]>([
  ['nothing is written', {}],
  ['the workflow leaves it out', { workflow: 'permissions:\n  contents: read\n' }],
  [
    'the job leaves out what the workflow has',
    { workflow: 'permissions: { id-token: write }\n', job: '    permissions: { contents: read }\n' },
  ],
  ['it may only be read', { job: '    permissions: { id-token: read }\n' }],
  ['everything may be read', { workflow: 'permissions: read-all\n' }],
])('F-129: a job that takes a role may have no token where %s', (_, parts) => {
  expect(kinds(parts)).toEqual(['no-token']);
});

it.each<[string, Parts]>([
  ['the job has it', { job: TOKEN }],
  ['the workflow has it', { workflow: 'permissions:\n  id-token: write\n' }],
  ['everything may be written', { workflow: 'permissions: write-all\n' }],
  [
    'it signs in with keys of a user',
    {
      step: SIGN_IN.replace(
        '          aws-region',
        '          aws-access-key-id: ${{ secrets.KEY }}\n          aws-region',
      ),
    },
  ],
  ['nothing signs in', { step: '' }],
])('not F-129: %s', (_, parts) => {
  expect(kinds(parts)).toEqual([]);
});

const CANCELS = 'concurrency: { group: x, cancel-in-progress: true }\n';

it.each<[string, Parts]>([
  ['its own', { job: `${TOKEN}    ${CANCELS}` }],
  ['that of the workflow', { job: TOKEN, workflow: CANCELS }],
  ['with the CDK', { job: `${TOKEN}    ${CANCELS}`, run: 'npx cdk deploy --all' }],
  [
    'with an action',
    {
      job: `${TOKEN}    ${CANCELS}`,
      step: `${SIGN_IN}      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n`,
    },
  ],
])('F-133: a deployment is ended by a newer push, by a group %s', (_, parts) => {
  expect(kinds(parts)).toContain('cancels');
});

it.each<[string, Parts]>([
  ['it waits', { job: `${TOKEN}    concurrency: { group: x, cancel-in-progress: false }\n` }],
  ['a group alone waits', { job: `${TOKEN}    concurrency: x\n` }],
  [
    'nobody can tell from an expression',
    { job: `${TOKEN}    concurrency: { group: x, cancel-in-progress: "\${{ github.ref != 'x' }}" }\n` },
  ],
  ['files of a site may be cut off', { job: `${TOKEN}    ${CANCELS}`, run: 'npx platform site deploy --env dev' }],
  ['a check changes nothing', { job: `${TOKEN}    ${CANCELS}`, run: 'npx platform diff --env dev' }],
  [
    'the group of the job goes before that of the workflow',
    { workflow: CANCELS, job: `${TOKEN}    concurrency: { group: x, cancel-in-progress: false }\n` },
  ],
])('not F-133: %s', (_, parts) => {
  expect(kinds(parts)).toEqual([]);
});

it.each<[string, Parts]>([
  ['a map', { job: '    permissions:\n      contents: read # to check out\n' }],
  ['a map on one line', { job: '    permissions: { contents: read }\n' }],
  ['an empty one', { job: '    permissions: {}\n' }],
  ['that of the workflow', { workflow: 'permissions:\n  contents: read\n' }],
  ['what may only be read', { job: '    permissions:\n      id-token: read\n' }],
  ['a group that cancels', { job: `${TOKEN}    ${CANCELS}` }],
])('mends %s and leaves every other line as it is', (_, parts) => {
  const before = yaml(parts);
  const fixed = workflowTroubles(before)[0]?.fixed;
  expect(workflowTroubles(fixed!)).toEqual([]);
  const lines = (text: string) => text.split('\n');
  const changed = lines(fixed!).filter((line) => !lines(before).includes(line));
  expect(changed).toHaveLength(1);
  expect(fixed).toContain('# first of all');
});

it('mends nothing where that would take away what nobody knows', () => {
  expect(workflowTroubles(yaml({}))).toEqual([{ kind: 'no-token', job: 'deploy' }]);
  expect(workflowTroubles(yaml({ workflow: 'permissions: read-all\n' }))).toEqual([
    { kind: 'no-token', job: 'deploy' },
  ]);
});

it('finds the outputs that are read, and their environment', () => {
  const run =
    '|\n          URL=$(npx --no -- platform outputs services.web.url --env prod)\n          platform outputs --env dev --json > all.json; platform outputs -e dev sites.app.bucket | cat';
  expect(outputsRead(yaml({ run }))).toEqual([
    { job: 'deploy', name: 'services.web.url', environment: 'prod' },
    { job: 'deploy', name: 'sites.app.bucket', environment: 'dev' },
  ]);
});

it('finds nothing in what is no workflow, whatever it is', () => {
  for (const text of [
    '',
    'jobs: 3',
    'jobs: { a: 1, b: { steps: 7 }, c: { steps: [null, 3] } }',
    ': :',
    'jobs: [a',
    'jobs: { a: *b }',
  ])
    expect([...workflowTroubles(text), ...outputsRead(text)]).toEqual([]);
  fc.assert(fc.property(fc.string(), (text) => void workflowTroubles(`jobs:\n  a:\n    ${text}`)));
});
