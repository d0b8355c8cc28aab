/** What the parts of `settings.ts` are made of. */

/** What becomes of something when it leaves its stack. */
export type OnDelete = 'destroy' | 'retain';

/** A value that only another stack's deployment knows. */
export type Reference =
  | { of: 'alb-host' }
  | { of: 'bucket-name'; name: string }
  | { of: 'queue-url'; name: string }
  | { of: 'bus-name'; name: string }
  | { of: 'api-url'; name: string }
  | { of: 'database-host'; name: string }
  | { of: 'database-reader-host'; name: string }
  | { of: 'database-secret-arn'; name: string }
  | { of: 'secret-arn'; name: string };

/** A text in parts, in order: known at load, or filled at deployment. */
export type Text = readonly (string | Reference)[];

/** One key of a JSON secret, handed to a container by ECS when it starts. */
export type SecretKey = { from: 'secret'; secret: string; key: string } | DatabaseKey;
/** `url` needs the database's `urlSecret`. */
export interface DatabaseKey {
  from: 'database';
  database: string;
  key: 'username' | 'password' | 'url';
}

export interface Use {
  kind: 'database' | 'queue' | 'bus' | 'bucket' | 'secret';
  name: string;
}
