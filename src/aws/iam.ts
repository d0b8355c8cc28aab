import type { AccessKeyMetadata, IAM, Role } from '@aws-sdk/client-iam';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Iam {
  readonly #iam: () => Promise<IAM>;

  constructor(connection: Connection) {
    this.#iam = once(async () => connect((await import('@aws-sdk/client-iam')).IAM, connection));
  }

  async role(name: string): Promise<Role | undefined> {
    const answer = await find('iam:GetRole', ['NoSuchEntity', 'NoSuchEntityException'], async () =>
      (await this.#iam()).getRole({ RoleName: name }),
    );
    return answer?.Role;
  }

  /** Whom the account takes tokens from, and which tokens; undefined when there is no such provider. */
  async oidcProvider(arn: string): Promise<{ clientIds: string[] } | undefined> {
    const answer = await find('iam:GetOpenIDConnectProvider', ['NoSuchEntity', 'NoSuchEntityException'], async () =>
      (await this.#iam()).getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn }),
    );
    return answer && { clientIds: answer.ClientIDList ?? [] };
  }

  /** Has a provider take tokens for one audience more; one that it takes already is no error. */
  async addClientId(providerArn: string, clientId: string): Promise<void> {
    await call('iam:AddClientIDToOpenIDConnectProvider', async () =>
      (await this.#iam()).addClientIDToOpenIDConnectProvider({
        OpenIDConnectProviderArn: providerArn,
        ClientID: clientId,
      }),
    );
  }

  /** The role that a service of AWS acts with in this account; one that is there already is left as it is. */
  async createServiceLinkedRole(service: string): Promise<void> {
    // "Service role name … has been taken": there is no code of its own for it.
    await find('iam:CreateServiceLinkedRole', ['InvalidInput', 'InvalidInputException'], async () =>
      (await this.#iam()).createServiceLinkedRole({ AWSServiceName: service }),
    );
  }

  /** A policy that is attached already stays so. */
  async attachPolicy(role: string, policyArn: string): Promise<void> {
    await call('iam:AttachRolePolicy', async () =>
      (await this.#iam()).attachRolePolicy({ RoleName: role, PolicyArn: policyArn }),
    );
  }

  /** The keys of an IAM user, without what is secret of them. */
  async accessKeys(user: string): Promise<AccessKeyMetadata[]> {
    const answer = await find('iam:ListAccessKeys', ['NoSuchEntity', 'NoSuchEntityException'], async () =>
      (await this.#iam()).listAccessKeys({ UserName: user }),
    );
    return answer?.AccessKeyMetadata ?? [];
  }

  /** Names of the policies that lie in a role, and ARNs of those attached to it. A role has at most some tens. */
  async policiesOf(role: string): Promise<string[]> {
    const iam = await this.#iam();
    const [inline, attached] = await Promise.all([
      call('iam:ListRolePolicies', () => iam.listRolePolicies({ RoleName: role })),
      call('iam:ListAttachedRolePolicies', () => iam.listAttachedRolePolicies({ RoleName: role })),
    ]);
    return [...(inline.PolicyNames ?? []), ...(attached.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn!)];
  }

  /**
   * Whether a role's own policies let it do this to that: `allowed`, `implicitDeny` or `explicitDeny`. What a resource's
   * policy, a boundary or an organization says does not come in. Undefined when there is no such role.
   */
  async decision(roleArn: string, action: string, resource: string): Promise<string | undefined> {
    const answer = await find('iam:SimulatePrincipalPolicy', ['NoSuchEntity', 'NoSuchEntityException'], async () =>
      (await this.#iam()).simulatePrincipalPolicy({
        PolicySourceArn: roleArn,
        ActionNames: [action],
        ResourceArns: [resource],
      }),
    );
    return answer?.EvaluationResults?.[0]?.EvalDecision;
  }

  /** Those of the actions that a role's policies do not allow on everything. */
  async refusedActions(roleArn: string, actions: readonly string[]): Promise<string[]> {
    const { EvaluationResults = [] } = await call('iam:SimulatePrincipalPolicy', async () =>
      (await this.#iam()).simulatePrincipalPolicy({ PolicySourceArn: roleArn, ActionNames: [...actions] }),
    );
    return EvaluationResults.flatMap(({ EvalActionName, EvalDecision }) =>
      EvalDecision === 'allowed' ? [] : [EvalActionName!],
    );
  }
}
