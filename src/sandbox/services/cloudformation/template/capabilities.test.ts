import { expect, it } from 'vitest';
import { checkCapabilities } from './capabilities.ts';

const role = (Properties = {}) => [['Role', { Type: 'AWS::IAM::Role', Properties }]] as const;

it.each([
  [role(), [], 'Requires capabilities : [CAPABILITY_IAM]'],
  [role(), ['CAPABILITY_IAM'], undefined],
  [role(), ['CAPABILITY_NAMED_IAM'], undefined],
  [role({ RoleName: 'r' }), ['CAPABILITY_IAM'], 'Requires capabilities : [CAPABILITY_NAMED_IAM]'],
  [[['T', { Type: 'AWS::SNS::Topic' }]] as const, [], undefined],
])('asks for what has to be acknowledged (%#)', (resources, acknowledged, refusal) => {
  const check = () => checkCapabilities(resources, acknowledged);
  if (refusal === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(refusal);
});
