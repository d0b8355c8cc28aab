import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { resolveTemplate, type Template } from './resolve-template.ts';
import { phasesBefore, replacedRoutes, type ServiceSide } from './shift-phases.ts';

interface Shape {
  shift?: boolean;
  host?: string;
  image?: string;
  weights?: [string, string];
}

/** A service's stack as ours are, cut to what counts here. */
function side({ shift = false, host = 'a.example.com', image = '1', weights = ['100', '0'] }: Shape): ServiceSide {
  const group = (Ref: string) => ({ TargetGroupArn: { Ref } });
  const action = shift
    ? {
        ForwardConfig: {
          TargetGroups: [
            { ...group('Blue'), Weight: { Ref: 'WeightPrimary' } },
            { ...group('Green'), Weight: { Ref: 'WeightAlternate' } },
          ],
        },
      }
    : group('Blue');
  const advanced = { AlternateTargetGroupArn: { Ref: 'Green' }, ProductionListenerRule: { Ref: 'Rule' } };
  const declared = ['Image', 'Vpc', 'Host', ...(shift ? ['WeightPrimary', 'WeightAlternate'] : [])];
  const template: Template = {
    Parameters: Object.fromEntries(declared.map((name) => [name, { Type: 'String' }])),
    Resources: {
      Blue: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
      ...(shift
        ? {
            Green: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
            Role: { Type: 'AWS::IAM::Role', Properties: {} },
          }
        : {}),
      Rule: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: { Conditions: [{ Ref: 'Host' }], Actions: [{ Type: 'forward', ...action }] },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: { Ref: 'Image' },
          DeploymentConfiguration: shift
            ? { MaximumPercent: 200, Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 }
            : { MaximumPercent: 200 },
          LoadBalancers: [{ ...group('Blue'), ...(shift ? { AdvancedConfiguration: advanced } : {}) }],
        },
      },
    },
  };
  const values: Record<string, string> = {
    Image: image,
    Vpc: 'vpc-1',
    Host: host,
    WeightPrimary: weights[0],
    WeightAlternate: weights[1],
  };
  return { template, parameters: Object.fromEntries(declared.map((name) => [name, values[name]!])) };
}

const resourcesOf = ({ template, parameters }: ServiceSide) => resolveTemplate(template, parameters).Resources;
/** Every step from one to the other, with what changes in each. */
function steps(old: ServiceSide, next: ServiceSide): string[][] {
  const all = [old, ...phasesBefore(old, next), next].map(resourcesOf);
  return all.slice(1).map((after, index) => {
    const before = all[index]!;
    const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return ids.filter((id) => canonicalJson(before[id]) !== canonicalJson(after[id]));
  });
}

describe('what a service whose requests move is brought to first', () => {
  it('is nothing for a release alone, or a rule alone, or a service whose requests do not move', () => {
    expect(steps(side({ shift: true }), side({ shift: true, image: '2' }))).toEqual([['Service']]);
    expect(steps(side({ shift: true }), side({ shift: true, host: 'b' }))).toEqual([['Rule']]);
    expect(steps(side({}), side({ image: '2', host: 'b' }))).toEqual([['Rule', 'Service']]);
  });

  it('is its rule, when the rule changes with a release', () => {
    const green: Shape = { shift: true, weights: ['0', '100'] };
    expect(steps(side(green), side({ ...green, image: '2', host: 'b' }))).toEqual([['Rule'], ['Service']]);
  });

  it('is both groups and then both in the service, where requests did not move before', () => {
    const next = side({ shift: true, image: '2' });
    expect(steps(side({}), next)).toEqual([['Green', 'Rule'], ['Role', 'Service'], ['Service']]);
    const [, paired] = phasesBefore(side({}), next).map(resourcesOf);
    expect(paired!.Service.Properties).toMatchObject({
      TaskDefinition: '2',
      DeploymentConfiguration: { MaximumPercent: 200, Strategy: 'ROLLING' },
    });
    expect(paired!.Service.Properties.DeploymentConfiguration).not.toHaveProperty('BakeTimeInMinutes');
  });

  it('is the same in the other order, where requests move no longer', () => {
    expect(steps(side({ shift: true }), side({ image: '2' }))).toEqual([
      ['Service'],
      ['Role', 'Service'],
      ['Green', 'Rule'],
    ]);
  });

  it.each([
    ['rolling', side({}), side({ shift: true, image: '2', host: 'b' })],
    ['moving', side({ shift: true }), side({ image: '2', host: 'b' })],
  ])('leads to the same end from every step of the way, when it was %s before', (_, old, next) => {
    const way = phasesBefore(old, next);
    for (const [index, phase] of way.entries()) {
      const rest = phasesBefore(phase, next).map(resourcesOf);
      expect(rest.map(canonicalJson)).toEqual(
        way
          .slice(index + 1)
          .map(resourcesOf)
          .map(canonicalJson),
      );
    }
  });

  it('never changes the rule together with what makes ECS move requests', () => {
    const shapes: Shape[] = [false, true].flatMap((shift) =>
      ['a', 'b'].flatMap((host) => ['1', '2'].map((image) => ({ shift, host, image }))),
    );
    for (const from of shapes)
      for (const to of shapes.filter(({ shift }) => shift || from.shift))
        for (const changed of steps(side(from), side(to)))
          expect(changed.includes('Rule') && changed.includes('Service'), JSON.stringify({ from, to })).toBe(false);
  });
});

it('knows which rules and target groups would be made anew', () => {
  const change = (type: string, replacement: string) => ({ id: 'X', type, change: 'modify', replacement });
  const rule = 'AWS::ElasticLoadBalancingV2::ListenerRule';
  expect(
    replacedRoutes([change(rule, 'always'), change(rule, 'never'), change('AWS::ECS::Service', 'always')]),
  ).toHaveLength(1);
});
