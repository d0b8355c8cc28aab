/** Where a value stands: `['services', 'web', 'port']`, list positions as numbers. */
export type ValuePath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** As a person writes it: `services.web.env.NODE_ENV`, `waivers[0].rule`, `sites.app.apiPaths["/api/*"]`. */
export function pathText(path: ValuePath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (PLAIN_KEY.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** Understands what `pathText` writes; undefined for anything else. */
export function parsePath(text: string): ValuePath | undefined {
  const parts: (string | number)[] = [];
  const step = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return undefined;
    const [, key, index, quoted] = found;
    const part = key ?? (index === undefined ? unquoted(quoted!) : Number(index));
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** A map key for a path; keys of YAML never hold the character that separates here. */
export const pathKey = (path: ValuePath): string => path.join('\0');

/** Whether a path matches `services.*.env.*`, where `*` stands for one step. A longer path matches its beginning only with `**` at the end. */
export function pathMatches(path: ValuePath, pattern: string): boolean {
  const steps = pattern.split('.');
  const open = steps.at(-1) === '**';
  if (open) steps.pop();
  if (open ? path.length < steps.length : path.length !== steps.length) return false;
  return steps.every((step, index) => step === '*' || step === String(path[index]));
}

/** The value at a path inside another; undefined when a step is not there. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
