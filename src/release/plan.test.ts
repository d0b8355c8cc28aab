import { describe, expect, it } from 'vitest';
import { concernsOf, inOrder, type LiveStack, planRelease, type WantedStack } from './plan.ts';

const place = { account: '111111111111', region: 'us-east-1' };
const network: WantedStack = {
  ...place,
  id: 'network',
  stackName: 'shop-dev-network',
  after: [],
  template: {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Tags: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'a' } },
    },
    Outputs: { VpcId: { Value: { Ref: 'Vpc' } }, Cidr: { Value: '10.0.0.0/16' } },
  },
  tags: {},
  terminationProtection: true,
  parameters: {},
};
const data: WantedStack = {
  ...place,
  id: 'data',
  stackName: 'shop-dev-data',
  after: ['network'],
  template: {
    Parameters: { VpcId: { Type: 'String' } },
    Resources: {
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'database', VpcId: { Ref: 'VpcId' } } },
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        Properties: { Engine: 'aurora-postgresql', DatabaseName: 'shop' },
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      },
    },
  },
  tags: {},
  terminationProtection: true,
  parameters: { VpcId: { stack: 'network', output: 'VpcId' } },
};
const lived = (stack: WantedStack, changed: Partial<LiveStack> = {}) => ({
  ...place,
  stackName: stack.stackName,
  arn: `arn:aws:cloudformation:us-east-1:111111111111:stack/${stack.stackName}/1`,
  status: 'CREATE_COMPLETE',
  parameters: {},
  outputs: {},
  tags: {},
  terminationProtection: true,
  template: stack.template,
  ...changed,
});
const bothLive = () =>
  new Map([
    ['network', lived(network, { outputs: { VpcId: 'vpc-1', Cidr: '10.0.0.0/16' } })],
    ['data', lived(data, { parameters: { VpcId: 'vpc-1' } })],
  ]);

describe('a plan', () => {
  it('creates what is not there, and says which values only the deployment can tell', async () => {
    const { stacks } = await planRelease([data, network], new Map());
    expect(stacks.map(({ id, action }) => [id, action])).toEqual([
      ['network', 'create'],
      ['data', 'create'],
    ]);
    expect(stacks[1]!.parameters).toEqual({ VpcId: { knownAfterApply: 'network.VpcId' } });
    expect(stacks[0]!.outputs).toEqual({ VpcId: { knownAfterApply: 'network.VpcId' }, Cidr: '10.0.0.0/16' });
  });

  it('gives a first value to a stack that is made, and none to one that is there (F-60)', async () => {
    const template = {
      Parameters: { Tasks: { Type: 'String' } },
      Resources: { A: { Type: 'AWS::SQS::Queue', Properties: { X: { Ref: 'Tasks' } } } },
    };
    const service = { ...network, id: 'service-web', template, parameters: { Tasks: { first: '2' } } };
    const made = await planRelease([service], new Map());
    expect(made.stacks[0]!.parameters).toEqual({ Tasks: '2' });

    const live = new Map([['service-web', lived(service, { parameters: { Tasks: '2' } })]]);
    const same = await planRelease([service], live);
    expect(same.stacks[0]).toMatchObject({ action: 'none', parameters: { Tasks: '' } });
  });

  it('plans nothing when templates, parameters, tags and protection are the same', async () => {
    const { stacks } = await planRelease([network, data], bothLive());
    expect(stacks.map(({ action, differs, changes }) => ({ action, differs, changes }))).toEqual([
      { action: 'none', differs: [], changes: [] },
      { action: 'none', differs: [], changes: [] },
    ]);
  });

  it('sees a new parameter value where the templates are the same', async () => {
    const live = bothLive();
    live.set('data', lived(data, { parameters: { VpcId: 'vpc-old' } }));
    const { stacks } = await planRelease([network, data], live);
    expect(stacks[1]).toMatchObject({ action: 'update', differs: ['parameter VpcId'] });
    expect(stacks[1]!.changes).toMatchObject([{ id: 'Group', change: 'modify', replacement: 'always' }]);
  });

  it('keeps a value known when its producer changes something else', async () => {
    const template = structuredClone(network.template);
    template.Resources.Tags.Properties.Value = 'b';
    const { stacks } = await planRelease([{ ...network, template }, data], bothLive());
    expect(stacks.map(({ action }) => action)).toEqual(['update', 'none']);
  });

  it('calls a value unknown when what it speaks of is made anew, and refuses to replace a VPC (F-12)', async () => {
    const template = structuredClone(network.template);
    template.Resources.Vpc.Properties.CidrBlock = '10.1.0.0/16';
    const plan = await planRelease([{ ...network, template }, data], bothLive());
    expect(plan.stacks[1]!.parameters).toEqual({ VpcId: { knownAfterApply: 'network.VpcId' } });
    expect(concernsOf(plan)).toMatchObject([
      { stack: 'network', verdict: 'refused', change: { id: 'Vpc', replacement: 'always' } },
    ]);
  });

  it('follows a replacement to what speaks of it, and on from there', async () => {
    const template = (cpu: string) => ({
      Resources: {
        Task: { Type: 'AWS::ECS::TaskDefinition', UpdateReplacePolicy: 'Retain', Properties: { Cpu: cpu } },
        Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
      },
    });
    const service = { ...network, id: 'service-web', template: template('1024') };
    const { stacks } = await planRelease(
      [service],
      new Map([['service-web', lived({ ...service, template: template('512') })]]),
    );
    expect(stacks[0]!.changes).toMatchObject([
      { id: 'Task', replacement: 'always', old: 'retained' },
      {
        id: 'Service',
        replacement: 'never',
        properties: [{ name: 'TaskDefinition', after: { 'Known after apply': 'Task' } }],
      },
    ]);
  });

  it('wants the name of a database typed that would be replaced (F-87)', async () => {
    const template = structuredClone(data.template);
    template.Resources.Cluster.Properties.DatabaseName = 'store';
    const plan = await planRelease([network, { ...data, template }], bothLive());
    expect(concernsOf(plan)).toMatchObject([
      { stack: 'data', verdict: 'typed', change: { id: 'Cluster', old: 'retained' } },
    ]);
  });

  it('plans the deletion of a stack that is no longer configured, last', async () => {
    const { stacks } = await planRelease([network], bothLive());
    expect(stacks.map(({ id, action }) => [id, action])).toEqual([
      ['network', 'none'],
      ['data', 'delete'],
    ]);
  });

  it('plans an empty shell as recreate and its values as unknown (F-01)', async () => {
    const live = bothLive();
    live.set('network', lived(network, { status: 'ROLLBACK_COMPLETE' }));
    const { stacks } = await planRelease([network, data], live);
    expect(stacks.map(({ action }) => action)).toEqual(['recreate', 'update']);
  });
});

describe('the order of stacks', () => {
  it('puts every stack behind those it waits for', () => {
    const order = inOrder([
      { id: 'c', after: ['b'] },
      { id: 'b', after: ['a'] },
      { id: 'a', after: [] },
    ]);
    expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('does not go round in circles', () => {
    expect(() =>
      inOrder([
        { id: 'a', after: ['b'] },
        { id: 'b', after: ['a'] },
      ]),
    ).toThrow('a > b > a');
  });
});
