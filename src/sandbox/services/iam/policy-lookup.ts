import type { Call } from '../../kernel/scope.ts';
import { AWS_MANAGED } from './aws-managed-policies.ts';
import { LINKED_SERVICES } from './linked-services.ts';
import { noSuchEntity, validationError } from './refusals.ts';
import { type PolicyRow, policies } from './state.ts';

const LINKED_POLICIES = new Set(Object.values(LINKED_SERVICES).map(([, policy]) => `aws-service-role/${policy}`));

/** `service-role/AWSLambdaBasicExecutionRole`, or undefined when AWS has no such policy (that we know of). */
export function awsManagedName(arn: string): string | undefined {
  const name = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name !== undefined && (AWS_MANAGED.has(name) || LINKED_POLICIES.has(name)) ? name : undefined;
}

/** Refuses what is not even an ARN (recording TestIAMIntegrations::test_role_attach_policy). */
export function requirePolicyArn(arn: string | undefined): string {
  if (!/^arn:[^:]+:iam::(\d{12}|aws):policy\/.+$/.test(arn ?? ''))
    throw validationError('Invalid ARN:  Could not be parsed!');
  return arn!;
}

export const policyExists = (arn: string, call: Call): boolean =>
  policies.in(call).has(arn) || awsManagedName(arn) !== undefined;

/** A customer's policy; throws NoSuchEntity. */
export function customerPolicy(arn: string | undefined, call: Call): PolicyRow {
  const row = policies.in(call).get(requirePolicyArn(arn));
  if (!row) throw noSuchEntity(`Policy ${arn} was not found.`);
  return row;
}
