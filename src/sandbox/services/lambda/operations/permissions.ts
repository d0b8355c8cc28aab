import { randomUUID } from 'node:crypto';
import type {
  AddPermissionCommandInput,
  GetPolicyCommandInput,
  RemovePermissionCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { findVersion, isVersion, type Reference, referenceOf } from '../names.ts';
import { conflict, functionMissing, invalidParameter, missing, notFound, requireValid, stale } from '../refusals.ts';
import { aliases, functionArn, functions, LATEST, policies } from '../state.ts';

/** Services, accounts, ARNs of users and roles, or everybody. */
const PRINCIPAL =
  /^(?:\*|\d{12}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?|arn:[^:]+:(?:iam|sts)::\d{12}:.+)$/;

const keyOf = ({ name, qualifier }: Reference): string => (qualifier === undefined ? name : `${name}:${qualifier}`);

function requireTarget(reference: Reference, call: Call): void {
  const { name, qualifier, arn } = reference;
  if (!functions.in(call).has(name)) throw functionMissing(arn);
  if (qualifier === undefined) return;
  if (isVersion(qualifier) || qualifier.includes('$')) findVersion(reference, call);
  else if (!aliases.in(call).has(`${name}:${qualifier}`)) throw notFound(`Cannot find alias arn: ${arn}`);
}

export function addPermission(input: AddPermissionCommandInput, call: Call) {
  requireValid(
    ['statementId', input.StatementId, { required: true, length: [1, 100], pattern: '([a-zA-Z0-9-_]+)' }],
    ['action', input.Action, { required: true, pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])' }],
  );
  const reference = referenceOf(input, call);
  if (reference.qualifier === LATEST)
    throw invalidParameter('We currently do not support adding policies for $LATEST.');
  if (!PRINCIPAL.test(input.Principal ?? ''))
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  requireTarget(reference, call);
  const key = keyOf(reference);
  const before = policies.in(call).get(key);
  if (before?.statements.some(({ Sid }) => Sid === input.StatementId))
    throw conflict(
      `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  if (input.RevisionId !== undefined && input.RevisionId !== before?.revisionId)
    throw stale(reference.qualifier === undefined ? undefined : 'GetPolicy');
  const statement = statementOf(input, reference);
  policies.in(call).put(key, {
    statements: [...(before?.statements ?? []), statement],
    revisionId: randomUUID(),
  });
  return { Statement: JSON.stringify(statement) };
}

function statementOf(input: AddPermissionCommandInput, { arn }: Reference): Record<string, unknown> {
  const condition: Record<string, Record<string, string>> = {};
  const add = (operator: string, key: string, value: string | undefined) => {
    if (value !== undefined) condition[operator] = { ...condition[operator], [key]: value };
  };
  add('StringEquals', 'AWS:SourceAccount', input.SourceAccount);
  add('StringEquals', 'lambda:EventSourceToken', input.EventSourceToken);
  add('StringEquals', 'lambda:FunctionUrlAuthType', input.FunctionUrlAuthType);
  add('StringEquals', 'aws:PrincipalOrgID', input.PrincipalOrgID);
  add(
    'Bool',
    'lambda:InvokedViaFunctionUrl',
    input.InvokedViaFunctionUrl === undefined ? undefined : String(input.InvokedViaFunctionUrl),
  );
  add('ArnLike', 'AWS:SourceArn', input.SourceArn);
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principalOf(input.Principal!),
    Action: input.Action,
    Resource: arn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalOf(given: string): unknown {
  if (given === '*') return '*';
  if (/^\d{12}$/.test(given)) return { AWS: `arn:aws:iam::${given}:root` };
  return given.startsWith('arn:') ? { AWS: given } : { Service: given };
}

export function getPolicy(input: GetPolicyCommandInput, call: Call) {
  const row = policies.in(call).get(keyOf(referenceOf(input, call)));
  if (!row) throw missing();
  return {
    Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: row.statements }),
    RevisionId: row.revisionId,
  };
}

export function removePermission(input: RemovePermissionCommandInput, call: Call): Record<string, never> {
  const reference = referenceOf(input, call);
  if (!functions.in(call).has(reference.name))
    throw notFound(`No policy found for: ${functionArn(call, reference.name)}`);
  requireTarget(reference, call);
  const key = keyOf(reference);
  const row = policies.in(call).get(key);
  if (!row) throw notFound('No policy is associated with the given resource.');
  if (input.RevisionId !== undefined && input.RevisionId !== row.revisionId) throw stale();
  const kept = row.statements.filter(({ Sid }) => Sid !== input.StatementId);
  if (kept.length === row.statements.length)
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
  if (kept.length === 0) policies.in(call).delete(key);
  else policies.in(call).put(key, { statements: kept, revisionId: randomUUID() });
  return {};
}
