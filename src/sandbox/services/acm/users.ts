import type { Scope } from '../../kernel/scope.ts';
import { distributionsWith } from '../cloudfront/check-aliases.ts';
import { certificateUsers } from '../elasticloadbalancing/in-use.ts';

/** ARNs of what shows a certificate: load balancers of its region, and distributions. */
export const usersOf = (certificateArn: string, scope: Scope): string[] => [
  ...certificateUsers(scope, certificateArn),
  ...distributionsWith(scope, certificateArn),
];
