import type { AttachedPermissionsBoundary } from '@aws-sdk/client-iam';

/** IAM says `Policy` here, which is not in the SDK's enumeration (example of GetRole in the API reference). */
export const boundaryAnswer = (arn: string | undefined): { PermissionsBoundary?: AttachedPermissionsBoundary } =>
  arn === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy' as 'PermissionsBoundaryPolicy',
          PermissionsBoundaryArn: arn,
        },
      };
