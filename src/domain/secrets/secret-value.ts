export type ValueType = 'text' | 'pem' | 'list' | 'url';

export interface NormalValue {
  value: string;
  /** What was put right, in words that hold nothing of the value (F-95). */
  changes: string[];
  /** What looks like a mistake and may be meant. */
  doubts: string[];
  /** Why it cannot be what its type says. */
  problem?: string;
}

/** A value as it is to be stored, whatever shells, editors and env files made of it. An empty one stays empty. */
export function normalValue(type: ValueType, text: string): NormalValue {
  if (text === '') return { value: '', changes: [], doubts: [] };
  switch (type) {
    case 'pem':
      return normalPem(text);
    case 'list':
      return normalList(text);
    case 'url':
      return normalUrl(text);
    case 'text':
      return normalText(text);
  }
}

function normalText(text: string): NormalValue {
  const value = text.replace(/(?<![\r\n])[\r\n]+$/, '');
  const removed = text.length - value.length;
  return {
    value,
    changes: removed > 0 ? [`a line break at the end was left out (${text.length} → ${value.length} characters)`] : [],
    doubts: [
      ...(value.trim() === value ? [] : ['it begins or ends with a blank']),
      ...(/^(["'`]).*\1$/s.test(value) && value.length > 1 ? ['it has quotes around it that will be part of it'] : []),
    ],
  };
}

function normalUrl(text: string): NormalValue {
  const { value, changes } = trimmed(text);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const sound = url !== undefined && /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(value) && !/\s/.test(value);
  return { value, changes, doubts: [], ...(sound ? {} : { problem: 'is no URL with its scheme and host, https://…' }) };
}

function normalList(text: string): NormalValue {
  const items = text.split(',').map((item) => item.trim());
  const value = items.filter((item) => item !== '').join(',');
  return {
    value,
    changes: value === text ? [] : ['blanks and empty items between the commas were left out'],
    doubts: [],
    ...(value === '' ? { problem: 'is a list without items' } : {}),
  };
}

function trimmed(text: string): Pick<NormalValue, 'value' | 'changes'> {
  const value = text.trim();
  return { value, changes: value === text ? [] : ['blanks around it were left out'] };
}

/** A block with its label, its headers (RFC 1421) and its base64. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,60})-----([^-]*)-----END ([A-Z0-9 ]{1,60})-----/g;
/** OpenSSL's own width, which strict readers want: https://www.rfc-editor.org/rfc/rfc7468#section-2 */
const WIDTH = 64;

/** Real line breaks, as every library reads them; applications that unescape `\n` find nothing to unescape. */
function normalPem(text: string): NormalValue {
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n').replace(/\r\n?/g, '\n');
  const blocks = [...lines.matchAll(BLOCK)];
  const rest = blocks.reduce((left, [block]) => left.replace(block, ''), lines).trim();
  const normal = blocks.map(([, label, body, end]) => (label === end ? normalBlock(label!, body!) : undefined));
  if (blocks.length === 0 || rest !== '' || normal.includes(undefined))
    return {
      value: text,
      changes: [],
      doubts: [],
      problem: 'is no PEM block: -----BEGIN …-----, base64, -----END …-----',
    };
  const value = normal.join('\n');
  const changes = value === text ? [] : ['its line breaks were put where PEM has them'];
  return { value, changes, doubts: [] };
}

function normalBlock(label: string, inside: string): string | undefined {
  const [, headers = '', body = ''] = /^\s*((?:[A-Za-z0-9-]+: [^\n]*\n)*)([\s\S]*)$/.exec(inside) ?? [];
  const base64 = body.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const wrapped = base64.match(new RegExp(`.{1,${WIDTH}}`, 'g'))!.join('\n');
  return `-----BEGIN ${label}-----\n${headers}${headers && '\n'}${wrapped}\n-----END ${label}-----`;
}
