/**
 * Whether a rule may be one of others, whose list we do not have: of cfn-lint and CloudFormation's validator (`W3010`),
 * of cdk-nag (`AwsSolutions-VPC7`), of Guard (`guard:<name>`).
 */
export const isOutsideRule = (id: string): boolean =>
  /^[EFWI]\d{4}$/.test(id) ||
  /^(?:AwsSolutions|Serverless|HIPAA\.Security|NIST\.800\.53\.R[45]|PCI\.DSS\.321)-\w+$/.test(id) ||
  /^guard:\w+$/.test(id);
