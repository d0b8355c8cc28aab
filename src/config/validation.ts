import { z } from 'zod';

const PACKS = ['aws-solutions', 'serverless', 'hipaa', 'nist-800-53-r4', 'nist-800-53-r5', 'pci-dss'] as const;

export const validation = z.strictObject({
  packs: z
    .array(z.enum(PACKS))
    .default(['aws-solutions'])
    .describe('Rule packs of cdk-nag that `platform validate` asks in environments of kind staging and prod.'),
  cfnLint: z.boolean().default(true).describe('Whether `platform validate` runs cfn-lint where it is on the PATH.'),
  guard: z
    .array(z.string().min(1).max(1024))
    .max(100)
    .default([])
    .describe('Files or folders of CloudFormation Guard rules, for cfn-guard on the PATH.'),
});
