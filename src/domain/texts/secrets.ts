import type { TextRule } from './text-rule.ts';

const PULL = 'unable to pull secrets or registry auth';
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
const UNREACHED =
  /There is a connection issue between the task|context deadline exceeded|RequestCanceled|request canceled|send request failed|i\/o timeout|no such host|connection refused|network is unreachable/;

/** Secrets that a task is given, and the secrets themselves. */
export const SECRET_TEXTS: readonly TextRule[] = [
  { id: 'F-44', when: /did\s+not\s+contain\s+json\s+key\s+["']?(?<key>[\w./-]*\w)/ },
  {
    id: 'F-47',
    when: /unable to retrieve secret from asm[\s\S]*(?:invalid character '.{1,4}' (?:looking for|in|after)|unexpected end of JSON input|json: cannot unmarshal)/,
  },
  {
    id: 'F-47',
    when: /invalid character '.{1,4}' looking for beginning of value/,
    in: ['stopped-reason', 'service-event'],
  },
  {
    id: 'F-90',
    when: /(?:retriev|fetch|resource)[\s\S]*ResourceNotFoundException: Secrets Manager can.t find the specified secret/,
  },
  { id: 'F-90', when: /Secrets Manager can.t find the specified secret/, unless: /AWSPENDING|AWSPREVIOUS/ },
  { id: 'F-90', when: /invalid (?:ssm )?parameters: (?<secret>\S+)/i, in: ['stopped-reason', 'service-event'] },
  {
    id: 'F-91',
    when: /a secret with this name is already scheduled for deletion|secret because it was (?:marked|scheduled) for deletion|currently marked deleted|marked for deletion/,
  },
  {
    id: 'F-46',
    when: new RegExp(
      `${PULL}[\\s\\S]*(?:AccessDenied(?:Exception)?|is not authorized to perform: (?<action>[\\w:]+)|unable to assume the role|Access to KMS is not allowed|KMS\\.?\\w*Exception)`,
    ),
  },
  { id: 'F-46', when: /Access to KMS is not allowed/ },
  { id: 'F-45', when: new RegExp(`(?:${PULL}|CannotPull\\w*|unable to retrieve)[\\s\\S]*(?:${UNREACHED.source})`) },
  {
    id: 'F-44',
    when: new RegExp(`${PULL}\\W*(?:execution resource retrieval failed)?\\W*$`),
    or: ['F-45', 'F-46', 'F-47', 'F-90'],
  },
];
