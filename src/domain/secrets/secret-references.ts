interface Definition {
  readonly containerDefinitions?: readonly {
    readonly secrets?: readonly { readonly name?: string; readonly valueFrom?: string }[];
  }[];
}

/** A variable of a container that Secrets Manager fills. */
export interface SecretReference {
  /** Full ARN of the secret. */
  arn: string;
  /** Key of the secret's JSON; absent: its whole text. */
  key?: string;
  variable: string;
}

/**
 * What a task definition takes from Secrets Manager, from `valueFrom`: `<arn>:<json key>:<version stage>:<version id>`.
 * References to Parameter Store are left out.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export const secretReferencesOf = (definition: Definition | undefined): SecretReference[] =>
  (definition?.containerDefinitions ?? []).flatMap(({ secrets = [] }) =>
    secrets.flatMap(({ name = '', valueFrom = '' }) => {
      const [, arn, key] = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(?::([^:]*))?/.exec(valueFrom) ?? [];
      return arn === undefined ? [] : [{ arn, variable: name, ...(key ? { key } : {}) }];
    }),
  );

/** Each secret once. */
export const secretArnsOf = (definition: Definition | undefined): string[] => [
  ...new Set(secretReferencesOf(definition).map(({ arn }) => arn)),
];
