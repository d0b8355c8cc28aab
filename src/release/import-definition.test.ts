import { describe, expect, it } from 'vitest';
import { changedProperties, definitionsOf, importable, needsOf } from './import-definition.ts';

const secret = (properties: object) => ({ Type: 'AWS::SecretsManager::Secret', Properties: properties });
const URL = { 'Fn::Join': ['', ['postgresql://', { 'Fn::GetAtt': ['Cluster', 'Endpoint.Address'] }]] };

describe('what an import can bring in', () => {
  it('needs whatever it speaks of, in every way in which a template can', () => {
    const resource = {
      Type: 'AWS::RDS::DBCluster',
      DependsOn: ['Writer'],
      Properties: {
        Groups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
        Old: { 'Fn::GetAtt': 'Parameters.Arn' },
        Password: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}} in ${AWS::Region}' },
        Name: { Ref: 'Subnets' },
        Account: { Ref: 'AWS::AccountId' },
      },
    };
    expect(needsOf(resource).sort()).toEqual(['Group', 'Parameters', 'Secret', 'Subnets', 'Writer']);
    expect(needsOf({ Type: 'AWS::SQS::Queue', Properties: { Name: 'a' } })).toEqual([]);
  });

  it('cannot be given what only another deployment will tell', () => {
    const template = { Parameters: { Vpc: {} }, Resources: { G: { Properties: { VpcId: { Ref: 'Vpc' } } } } };
    expect(needsOf(definitionsOf(template, { Vpc: 'vpc-1' }).G!)).toEqual([]);
    expect(needsOf({ Properties: { VpcId: { 'Known after apply': 'network.VpcId' } } })).toHaveLength(1);
  });

  it('leaves the value of a secret to the deployment after it, when the value is made of others', () => {
    expect(importable(secret({ Name: 'a', SecretString: URL }))).toEqual(secret({ Name: 'a' }));
    expect(importable(secret({ Name: 'a', SecretString: '{}' }))).toEqual(secret({ Name: 'a', SecretString: '{}' }));
    const cluster = { Type: 'AWS::RDS::DBCluster', Properties: { DBSubnetGroupName: { Ref: 'Subnets' } } };
    expect(importable(cluster)).toBe(cluster);
  });

  it('tells what the configuration changed since, and not what was left open', () => {
    const before = secret({ Name: 'a', Description: 'old', Tags: [] });
    expect(changedProperties(before, secret({ Name: 'a', Description: 'new' }))).toEqual(['Description', 'Tags']);
    expect(changedProperties(secret({ Name: 'a' }), secret({ Name: 'a', SecretString: URL }))).toEqual([]);
  });
});
