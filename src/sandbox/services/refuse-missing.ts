import { AwsFault } from '../kernel/fault.ts';
import { REQUIRED_MEMBERS } from './required-members.ts';

/**
 * The code with which a service refuses a request that lacks what its model requires. Services that are not here have
 * sentences of their own for it, in their operations.
 */
const CODES: Readonly<Record<string, string>> = {
  acm: 'ValidationException',
  apigateway: 'BadRequestException',
  apigatewayv2: 'BadRequestException',
  'application-autoscaling': 'ValidationException',
  cloudformation: 'ValidationError',
  cloudtrail: 'ValidationException',
  codedeploy: 'ValidationException',
  'cognito-idp': 'InvalidParameterException',
  elasticloadbalancing: 'ValidationError',
  events: 'ValidationException',
  iam: 'ValidationError',
  kms: 'ValidationException',
  lambda: 'ValidationException',
  logs: 'InvalidParameterException',
  rds: 'InvalidParameterValue',
  scheduler: 'ValidationException',
  secretsmanager: 'ValidationException',
  ssm: 'ValidationException',
  sts: 'ValidationError',
};

/** Throws what AWS answers before it looks at anything else. Sources: fidelity/wire.md. */
export function refuseMissing(service: string, operation: string, input: Readonly<Record<string, unknown>>): void {
  const members = Object.hasOwn(REQUIRED_MEMBERS, service) ? REQUIRED_MEMBERS[service]![operation] : undefined;
  const missing = members?.filter((member) => input[member] === undefined || input[member] === null) ?? [];
  const [first] = missing;
  if (first === undefined) return;
  if (service === 'rds')
    throw new AwsFault(CODES.rds!, `The parameter ${first} must be provided and must not be blank.`);
  const complaints = missing.map(
    (member) =>
      `Value null at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${complaints.length} validation error${complaints.length > 1 ? 's' : ''} detected`;
  throw new AwsFault(CODES[service]!, `${count}: ${complaints.join('; ')}`);
}
