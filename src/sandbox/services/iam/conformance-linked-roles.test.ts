import {
  CreateServiceLinkedRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { open, READ, trust } from './iam-scene.ts';
import { LINKED_SERVICES, SUFFIX_ALLOWED } from './linked-services.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/iam/test_iam.py). */
describe('equal: service-linked roles', () => {
  it.each(Object.keys(LINKED_SERVICES))(
    'TestIAMServiceRoles::test_service_role_lifecycle[%s]',
    async (AWSServiceName) => {
      const iam = await open();
      const { Role } = await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
      const RoleName = Role!.RoleName!;
      const path = `/aws-service-role/${AWSServiceName}/`;
      expect((await iam.send(new GetRoleCommand({ RoleName }))).Role).toEqual({
        Arn: `arn:aws:iam::000000000000:role${path}${RoleName}`,
        AssumeRolePolicyDocument: expect.any(String),
        CreateDate: expect.any(Date),
        ...(LINKED_SERVICES[AWSServiceName]![2] && { Description: LINKED_SERVICES[AWSServiceName]![2] }),
        ...READ,
        Path: path,
        RoleId: expect.any(String),
        RoleName: expect.stringMatching(/^AWSServiceRoleFor/),
      });
      expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual(trust(AWSServiceName));
      expect(await answerOf(iam.send(new ListRolePoliciesCommand({ RoleName })))).toEqual({
        IsTruncated: false,
        PolicyNames: [],
      });
      const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      expect(AttachedPolicies).toHaveLength(1);
      expect(AttachedPolicies![0]!.PolicyArn).toBe(
        `arn:aws:iam::aws:policy/aws-service-role/${AttachedPolicies![0]!.PolicyName}`,
      );
    },
  );

  it.each(Object.keys(LINKED_SERVICES).filter((service) => !SUFFIX_ALLOWED.has(service)))(
    'TestIAMServiceRoles::test_service_role_lifecycle_custom_suffix_not_allowed[%s]',
    async (AWSServiceName) => {
      const iam = await open();
      const create = new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix: 'x' });
      expect(await answerOf(iam.send(create))).toEqual(
        refusal('InvalidInputException', `Custom suffix is not allowed for ${AWSServiceName}`),
      );
    },
  );

  it.each([...SUFFIX_ALLOWED])(
    'TestIAMServiceRoles::test_service_role_lifecycle_custom_suffix[%s]',
    async (AWSServiceName) => {
      const iam = await open();
      const create = new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix: 'x' });
      expect((await iam.send(create)).Role!.RoleName).toMatch(/^AWSServiceRoleFor\w+_x$/);
    },
  );

  it('TestIAMServiceRoles::test_service_role_already_exists, test_service_role_deletion', async () => {
    const iam = await open();
    const create = new CreateServiceLinkedRoleCommand({ AWSServiceName: 'batch.amazonaws.com' });
    await iam.send(create);
    expect(await answerOf(iam.send(create))).toEqual(
      refusal(
        'InvalidInputException',
        'Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix.',
      ),
    );
    const { DeletionTaskId } = await iam.send(
      new DeleteServiceLinkedRoleCommand({ RoleName: 'AWSServiceRoleForBatch' }),
    );
    expect(DeletionTaskId).toMatch(
      /^task\/aws-service-role\/batch\.amazonaws\.com\/AWSServiceRoleForBatch\/[0-9a-f-]{36}$/,
    );
    expect(await answerOf(iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId })))).toEqual({
      Status: 'SUCCEEDED',
    });
  });
});
