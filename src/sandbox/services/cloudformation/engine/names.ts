import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { templates } from '../state.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const arn = ({ region, account }: Scope, rest: string): string =>
  `arn:aws:cloudformation:${region}:${account}:${rest}`;

export const makeStackId = (scope: Scope, name: string): string => arn(scope, `stack/${name}/${randomUUID()}`);

export const makeChangeSetId = (scope: Scope, name: string): string => arn(scope, `changeSet/${name}/${randomUUID()}`);

export function randomSuffix(length = 12): string {
  return [...randomBytes(length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** `<stack>-<logicalId>-<random>`; what is too long loses the end of its stack name first, then of its logical id. */
export function generateName(
  stackName: string,
  logicalId: string,
  { maxLength = 255, lowercase = false }: { maxLength?: number; lowercase?: boolean } = {},
): string {
  const room = maxLength - 14;
  const id = logicalId.slice(0, Math.max(Math.floor(room / 2), room - stackName.length));
  const name = `${stackName.slice(0, Math.max(1, room - id.length))}-${id}-${randomSuffix()}`;
  return lowercase ? name.toLowerCase() : name;
}

/** Keeps a template's text under its digest. */
export function keepTemplate(scope: Scope, text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  const kept = templates.in(scope);
  if (!kept.has(digest)) kept.put(digest, { text });
  return digest;
}

export const templateText = (scope: Scope, digest: string): string => templates.in(scope).get(digest)!.text;
