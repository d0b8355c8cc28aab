/** What one request must be answered with. */
export interface ExpectedAnswer {
  /** Any of these; `200-299` is a range. */
  statuses: readonly (number | string)[];
  /** What its JSON must hold, among other things. */
  json?: Readonly<Record<string, unknown>>;
  /** What it must hold somewhere. */
  text?: string;
  /** How its Content-Type begins. */
  contentType?: string;
  /** A web page that must be allowed to read it. */
  origin?: string;
}

export interface SeenAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** What is wrong with an answer, in words that quote it; empty: nothing. */
export function judgeAnswer(expected: ExpectedAnswer, { status, headers, body }: SeenAnswer): string[] {
  const { statuses, json, text, contentType, origin } = expected;
  const type = headers['content-type'] ?? '';
  const allowed = headers['access-control-allow-origin'];
  return [
    ...(statuses.some((one) => fits(one, status)) ? [] : [`it answered ${status}, not ${statuses.join(' or ')}`]),
    ...(json === undefined ? [] : judgeJson(json, body)),
    ...(text === undefined || body.includes(text) ? [] : [`it does not hold ${JSON.stringify(text)}`]),
    ...(contentType === undefined || type.toLowerCase().startsWith(contentType.toLowerCase())
      ? []
      : [`its Content-Type is ${type === '' ? 'missing' : type}, not ${contentType}`]),
    ...(origin === undefined || allowed === '*' || allowed === origin
      ? []
      : [`it does not allow ${origin}: Access-Control-Allow-Origin is ${allowed ?? 'missing'}`]),
  ];
}

function fits(expected: number | string, status: number): boolean {
  const [from, to = from] = String(expected).split('-').map(Number);
  return status >= from! && status <= to!;
}

function judgeJson(expected: Readonly<Record<string, unknown>>, body: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [`it is not JSON: ${JSON.stringify(body.slice(0, 80))}`];
  }
  return differences(expected, value, '');
}

/** Objects may hold more than is expected; everything else must be the same. */
function differences(expected: unknown, value: unknown, path: string): string[] {
  if (isObject(expected)) {
    if (!isObject(value)) return [`${path || 'its JSON'} is ${shown(value)}, not an object`];
    return Object.entries(expected).flatMap(([key, inner]) =>
      differences(inner, Object.hasOwn(value, key) ? value[key] : undefined, path ? `${path}.${key}` : key),
    );
  }
  return JSON.stringify(expected) === JSON.stringify(value)
    ? []
    : [`${path || 'its JSON'} is ${shown(value)}, not ${shown(expected)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80));
