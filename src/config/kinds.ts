/** What an environment is for; defaults and safety rules hang on it. */
export const KINDS = ['sandbox', 'local', 'dev', 'staging', 'prod'] as const;
export type Kind = (typeof KINDS)[number];
