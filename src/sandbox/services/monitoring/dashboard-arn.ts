import type { Scope } from '../../kernel/scope.ts';

export const dashboardArn = ({ account }: Scope, name: string): string =>
  `arn:aws:cloudwatch::${account}:dashboard/${name}`;
