/** The policy that bounds every role, by its name or as the organisation gives it out. */
export const boundaryArn = (policy: string, account: string, partition = 'aws'): string =>
  policy.startsWith('arn:') ? policy : `arn:${partition}:iam::${account}:policy/${policy}`;
