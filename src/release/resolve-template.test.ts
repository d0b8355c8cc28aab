import { describe, expect, it } from 'vitest';
import { resolveTemplate } from './resolve-template.ts';

const service = {
  Parameters: {
    Image: { Type: 'String' },
    SubnetIds: { Type: 'CommaDelimitedList' },
    Retention: { Type: 'Number', Default: '7' },
  },
  Resources: {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Image: { Ref: 'Image' }, Family: { 'Fn::Sub': '${AWS::StackName}-${Image}' } },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: { Subnets: { Ref: 'SubnetIds' }, First: { 'Fn::Select': [0, { Ref: 'SubnetIds' }] } },
    },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: { Ref: 'Retention' } } },
  },
};

describe('a template with its parameters in place', () => {
  it('shows a new image digest as a changed property', () => {
    const before = resolveTemplate(service, { Image: 'web@sha256:1', SubnetIds: 'a,b' });
    const after = resolveTemplate(service, { Image: 'web@sha256:2', SubnetIds: 'a,b' });
    expect(before.Resources.Task.Properties.Image).toBe('web@sha256:1');
    expect(after.Resources.Task.Properties.Image).toBe('web@sha256:2');
    expect(after.Resources.Task.Properties.Family).toEqual({ 'Fn::Sub': '${AWS::StackName}-web@sha256:2' });
    expect(after.Parameters).toBeUndefined();
  });

  it('splits lists and selects from them, and takes defaults', () => {
    const { Resources } = resolveTemplate(service, { Image: 'x', SubnetIds: 'subnet-a, subnet-b' });
    expect(Resources.Service.Properties).toEqual({ Subnets: ['subnet-a', 'subnet-b'], First: 'subnet-a' });
    expect(Resources.Logs.Properties.RetentionInDays).toBe('7');
  });

  it('says of an unknown value where it will come from', () => {
    const { Resources } = resolveTemplate(service, { Image: { knownAfterApply: 'images.Web' }, SubnetIds: 'a' });
    expect(Resources.Task.Properties.Image).toEqual({ 'Known after apply': 'images.Web' });
  });

  it('joins what is known, and leaves references to resources as they are', () => {
    const { A } = resolveTemplate(
      {
        Parameters: { Host: { Type: 'String' } },
        A: [
          { 'Fn::Join': ['', ['https://', { Ref: 'Host' }, '/']] },
          { 'Fn::Join': ['', ['a', { Ref: 'Host' }, { Ref: 'Queue' }]] },
        ],
      },
      { Host: 'example.com' },
    );
    expect(A).toEqual(['https://example.com/', { 'Fn::Join': ['', ['aexample.com', { Ref: 'Queue' }]] }]);
  });
});
