import type { TextRule } from './text-rule.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const PERMISSION_TEXTS: readonly TextRule[] = [
  { id: 'F-131', when: /not authorized to perform: iam:PassRole on resource: (?<resource>\S+)/ },
  {
    id: 'F-16',
    when: /is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: "?(?<resource>[^\s"]+))?|explicit deny in a service control policy/,
    in: ['stack-event', 'api-error', 'cli'],
  },
  {
    id: 'F-16',
    when: /is not authorized to perform|AccessDenied|UnauthorizedOperation|explicit deny/i,
    in: ['failed-resource'],
  },
  {
    id: 'F-18',
    when: /Rate exceeded|Throttling(?:Exception)?\b|TooManyRequestsException|RequestLimitExceeded/,
    unless: /toomanyrequests:/,
  },
  { id: 'F-18', when: /Throttl|TooManyRequests|RequestLimitExceeded/i, in: ['failed-resource'] },
];
