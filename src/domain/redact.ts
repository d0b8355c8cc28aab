import { cleanText } from './clean-text.ts';

const STARS = '***';

/** What gives a value away as secret: its shape. Each is linear, for lines of a megabyte. */
const SHAPES: readonly [RegExp, string][] = [
  // Up to its end, or all that follows where the end is cut off: between them stand headers, with dashes of their own.
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    '[private key]',
  ],
  // CloudWatch takes each line for an event of its own, so a key that is printed comes in lines like this.
  [/^(?![0-9a-f]{64}$)(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{76})$/, '[base64]'],
  // Up to the last @: a password that somebody put in as it is has signs of an address. A number is a port.
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,128}):(?!\d{1,5}[/?#])[^\s"']{1,256}@/gi, `$1:${STARS}@`],
  [/\b(https?:\/\/)[^\s:/@"'?#]{8,512}@/gi, `$1${STARS}@`],
  // Signed ones have three parts, encrypted ones five, of which the second may be empty; one alone is JSON in base64.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, '[token]'],
  [/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, `$1${STARS}`],
  [/\b(?:IQoJ|FwoG|FQoG)[\w+/]{40,}={0,2}/g, '[token]'],
  [
    /\b(gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk_(?:live|test)_|rk_live_|whsec_|SG\.|npm_|pypi-|hf_|dop_v1_|shp(?:at|ca|pa|ss)_)[\w.-]{8,}/g,
    `$1${STARS}`,
  ],
  [/\b(sk-|AIza|AGE-SECRET-KEY-1)[\w-]{20,}/g, `$1${STARS}`],
  [/\b(hooks\.slack\.com\/[a-z]{1,20}\/|discord(?:app)?\.com\/api\/webhooks\/)[\w/-]{8,}/g, `$1${STARS}`],
  // A header of several pairs is secret as a whole: `Cookie: a=1; session=…`, `Authorization: Digest username=…, response=…`.
  [
    /((?:authorization|cookie)["']?\s{0,3}[=:]\s{0,3})(?:(?:Digest|OAuth|Signature|Hawk|AWS4-[\w-]{1,40})\s{1,3})?[\w.%-]{1,128}=[^\s;,]{0,4096}(?:[;,]\s{0,3}[\w.%-]{1,128}=[^\s;,]{0,4096}){0,64}/gi,
    `$1${STARS}`,
  ],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${STARS}`],
  [/([?&](?:X-Amz-(?:Signature|Security-Token|Credential)|sig|signature|token|code)=)[^&\s"']+/gi, `$1${STARS}`],
  [/((?<![\w-])--?[\w-]{0,40}(?:password|passwd|passphrase)\s{1,3})(?!-)\S{1,4096}/gi, `$1${STARS}`],
  [/(<[\w:-]{0,40}(?:password|secret|token)[\w-]{0,40}>)[^<]{1,4096}(?=<\/)/gi, `$1${STARS}`],
];

const NAMES = [
  'pass(?:word|wd|phrase)?',
  'pwd',
  '(?<!:)secret(?!smanager)',
  'token',
  '(?:api|access|private|signing|encryption|master|app|auth|account|shared|storage)[_-]?key',
  'credentials?',
  'authorization',
  'cookie',
  'signature',
  'dsn',
].join('|');
/** Of JSON in JSON in a log, a quote has a backslash, or three. */
const QUOTE = String.raw`\\{0,7}["']`;
const SIGN = String.raw`\s{0,3}(?:=>|[=:]|%3[ad])\s{0,3}`;
const VALUE = [
  String.raw`\\{1,7}"[^"]{0,4096}"?`,
  String.raw`"(?:[^"\\]|\\[\s\S]){0,4096}"?`,
  String.raw`'(?:[^'\\]|\\[\s\S]){0,4096}'?`,
  String.raw`\[[^\]]{0,4096}\]?`,
  String.raw`\{[^}]{0,4096}\}?`,
  String.raw`[^\s,;&"'}\]]{1,4096}`,
].join('|');

/** Or the name before it: `DB_PASSWORD=…`, `"apiKey": "…"`, `secret_access_key: …`, `:token => "…"`. */
const NAMED = new RegExp(`((?:${NAMES})[\\w-]{0,40}(?:${QUOTE})?${SIGN})(${VALUE})`, 'gi');

/** Words of AWS's own sentences after such a name, which are no value: `json key API_KEY`, `secret: operation error`. */
const SAID = /^(?:"?(?:null|true|false|undefined|none)"?$|arn:aws|service$|operation$|failed$|unable$|AccessDenied)/i;

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
