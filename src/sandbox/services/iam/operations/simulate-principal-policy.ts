import type {
  EvaluationResult,
  SimulatePrincipalPolicyCommandInput,
  SimulatePrincipalPolicyCommandOutput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { AWS_MANAGED } from '../aws-managed-policies.ts';
import type { RequestContext } from '../conditions.ts';
import { evaluate, type NamedPolicy, type Verdict } from '../evaluate.ts';
import { holder } from '../holders.ts';
import { awsManagedName } from '../policy-lookup.ts';
import { invalidInput } from '../refusals.ts';
import { groups, keyOf, type PolicyHolder, policies, users } from '../state.ts';
import { statementPositions } from '../statement-positions.ts';

/** Identity policies only: no boundaries, no resource policies, no organization. */
export function simulatePrincipalPolicy(
  input: SimulatePrincipalPolicyCommandInput,
  call: Call,
): Answer<SimulatePrincipalPolicyCommandOutput> {
  const match = /^arn:[^:]+:iam::\d{12}:(role|user|group)\/(?:.*\/)?([^/]+)$/.exec(input.PolicySourceArn ?? '');
  if (!match)
    throw invalidInput(`Invalid Entity Arn: ${input.PolicySourceArn} does not clearly define entity type and name.`);
  const kind = match[1] as 'role' | 'user' | 'group';
  const documents = [
    ...documentsOf(holder(kind, match[2], call), call),
    ...(kind === 'user' ? groupDocuments(match[2]!, call) : []),
    ...(input.PolicyInputList ?? []).map((document, index) => ({ name: `PolicyInputList.${index + 1}`, document })),
  ];
  const context: RequestContext = Object.fromEntries(
    (input.ContextEntries ?? []).map(({ ContextKeyName, ContextKeyValues }) => [
      ContextKeyName!,
      ContextKeyValues ?? [],
    ]),
  );
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
  return {
    EvaluationResults: (input.ActionNames ?? []).flatMap((action) =>
      resources.map((resource) =>
        result(action, resource, evaluate(documents, { action, resource, context }), documents),
      ),
    ),
    IsTruncated: false,
  };
}

function documentsOf({ inline, attached }: PolicyHolder, call: Call): NamedPolicy[] {
  return [
    ...Object.entries(inline).map(([name, document]) => ({ name, document })),
    ...attached.flatMap((arn) => {
      const managed = awsManagedName(arn);
      const row = policies.in(call).get(arn);
      const document = managed
        ? AWS_MANAGED.get(managed)?.document
        : row?.versions.find(({ id }) => id === row.defaultVersion)?.document;
      return document === undefined ? [] : [{ name: arn.split('/').at(-1)!, document }];
    }),
  ];
}

const groupDocuments = (user: string, call: Call): NamedPolicy[] =>
  (users.in(call).get(keyOf(user))?.groups ?? []).flatMap((name) => {
    const group = groups.in(call).get(keyOf(name));
    return group ? documentsOf(group, call) : [];
  });

function result(
  action: string,
  resource: string,
  { decision, matched }: Verdict,
  documents: NamedPolicy[],
): EvaluationResult {
  const statements = matched.map(({ policy, index }) => {
    const document = documents.find(({ name }) => name === policy)!.document;
    return {
      SourcePolicyId: policy,
      SourcePolicyType: 'IAM Policy' as 'user-managed',
      ...statementPositions(document)[index],
    };
  });
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision,
    EvalDecisionDetails: {},
    MatchedStatements: statements,
    MissingContextValues: [],
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    ResourceSpecificResults: [
      {
        EvalResourceName: resource,
        EvalResourceDecision: decision,
        MatchedStatements: statements,
        MissingContextValues: [],
      },
    ],
  };
}
