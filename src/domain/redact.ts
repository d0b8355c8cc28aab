import { cleanText } from './clean-text.ts';

const STARS = '***';

/** What gives a value away as secret: its shape. Each is linear, for lines of a megabyte. */
const SHAPES: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g, '[private key]'],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,128}):[^\s/@]{1,512}@/gi, `$1:${STARS}@`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g, '[token]'],
  [/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, `$1${STARS}`],
  [/\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_(?:live|test)_|rk_live_|whsec_|SG\.)[\w.-]{8,}/g, `$1${STARS}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${STARS}`],
  [/([?&](?:X-Amz-(?:Signature|Security-Token|Credential)|sig|signature|token|code)=)[^&\s"']+/gi, `$1${STARS}`],
];

/** Or the name before it: `DB_PASSWORD=…`, `"apiKey": "…"`, `secret_access_key: …`. */
const NAMED =
  /((?:pass(?:word|wd|phrase)?|pwd|(?<!:)secret(?!smanager)|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|credentials?|authorization|cookie|dsn)[\w-]{0,40}["']?\s{0,3}[=:]\s{0,3})("[^"]{0,4096}"?|'[^']{0,4096}'?|[^\s,;&"'}\]]{1,4096})/gi;

/** Words of AWS's own sentences after such a name, which are no value: `json key API_KEY`, `secret: operation error`. */
const SAID = /^(?:"?(?:null|true|false|undefined|none)"?|arn:aws|service$|operation$|failed$|unable$|AccessDenied)/i;

/** A text of others without escapes, and without what looks like a secret. It may take away too much, never too little on purpose. */
export function redact(text: string): string {
  const plain = SHAPES.reduce((so, [shape, instead]) => so.replace(shape, instead), cleanText(text));
  return plain.replace(NAMED, (whole, name: string, value: string) => (SAID.test(value) ? whole : `${name}${STARS}`));
}

/** Redacted, on one line, and no longer than so many characters. */
export function redactedLine(text: string, length = 600): string {
  // Cut before it is searched, so that a line of a megabyte costs no more than a short one.
  const line = redact(text.slice(0, length * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
