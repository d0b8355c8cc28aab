interface Statement {
  Effect?: string;
  Action?: string | string[];
  Principal?: string | { AWS?: string | string[]; Service?: string | string[] };
}

const listed = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Whom a role's trust policy lets in, conditions left aside: accounts by their ids, `*` for anybody, services. */
export function trustedBy(policy: string): { accounts: string[]; services: string[] } {
  const statements = listed(parse(policy).Statement).filter(
    ({ Effect, Action }) =>
      Effect === 'Allow' && listed(Action).some((action) => /^(\*|sts:(\*|Assume\*|AssumeRole))$/.test(action)),
  );
  const principals = statements.map(({ Principal }) =>
    typeof Principal === 'string' ? { AWS: Principal } : (Principal ?? {}),
  );
  return {
    accounts: principals
      .flatMap(({ AWS }) => listed(AWS))
      .map((one) => /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(one)?.[1] ?? one),
    services: principals.flatMap((one) => listed('Service' in one ? (one.Service as string | string[]) : undefined)),
  };
}

function parse(policy: string): { Statement?: Statement | Statement[] } {
  try {
    return JSON.parse(policy);
  } catch {
    return {};
  }
}
