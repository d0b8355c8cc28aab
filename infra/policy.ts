/** One allowance: no action with a `*`, and only the resources that are meant. */
export interface Grant {
  actions: readonly string[];
  resources: readonly string[];
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Record<string, unknown>[];
}

export const allow = (grants: readonly Grant[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: grants.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: resources.length === 1 ? resources[0] : resources,
  })),
});

export const trust = (principal: string | string[], condition?: Record<string, unknown>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: principal },
      Action: 'sts:AssumeRole',
      ...(condition ? { Condition: condition } : {}),
    },
  ],
});

/** Requests without TLS are refused, whoever sends them (S2-90). */
export const denyPlainText = (action: string, resources: readonly string[]): Record<string, unknown> => ({
  Sid: 'RequireTls',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: action,
  Resource: resources.length === 1 ? resources[0] : resources,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
