import { expect, it } from 'vitest';
import { monthlyCost, pricedTypes } from './monthly-prices.ts';

const GB = 1024 ** 3;

it.each([
  ['AWS::S3::Bucket', 100 * GB, 2.3],
  ['AWS::ECR::Repository', 2 * GB, 0.2],
  ['AWS::SecretsManager::Secret', undefined, 0.4],
  ['AWS::Logs::LogGroup', 10 * GB, 0.3],
  ['AWS::SQS::Queue', undefined, 0],
  ['AWS::S3::Bucket', 0, 0],
])('%s of %s bytes costs what AWS publishes', (type, bytes, cost) => {
  expect(monthlyCost(type, 'us-east-1', bytes)).toBe(cost);
});

it('says nothing where it does not know: another region, another type, an unknown size', () => {
  expect(monthlyCost('AWS::S3::Bucket', 'eu-central-1', GB)).toBeNull();
  expect(monthlyCost('AWS::RDS::DBClusterSnapshot', 'us-east-1', GB)).toBeNull();
  expect(monthlyCost('AWS::S3::Bucket', 'us-east-1')).toBeNull();
});

it('has a public source for every price', () => {
  for (const [type, { source }] of pricedTypes())
    expect(source, type).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing\//);
});
