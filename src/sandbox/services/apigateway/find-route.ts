import type { DeploymentRow, Part } from './state.ts';

export interface Route {
  method: Part;
  /** `/items/{id}` */
  resourcePath: string;
  resourceId: string;
  pathParameters: Record<string, string>;
}

/** The resource that fits best, with its method; undefined when there is none: AWS says 403 to both. */
export function findRoute(
  { resources, methods, rootId }: DeploymentRow,
  path: string,
  verb: string,
): Route | undefined {
  const segments = path.split('/').filter((part) => part !== '');
  const found = descend(rootId, segments, '', {}, resources);
  if (!found) return undefined;
  const method =
    methods.find(({ declared }) => declared.ResourceId === found.id && declared.HttpMethod === verb) ??
    methods.find(({ declared }) => declared.ResourceId === found.id && declared.HttpMethod === 'ANY');
  return (
    method && {
      method,
      resourceId: found.id,
      resourcePath: found.path === '' ? '/' : found.path,
      pathParameters: found.parameters,
    }
  );
}

interface Found {
  id: string;
  path: string;
  parameters: Record<string, string>;
}

/** What is written out comes before a variable, a variable before a greedy one. */
function descend(
  id: string,
  [first, ...rest]: readonly string[],
  path: string,
  parameters: Record<string, string>,
  resources: readonly Part[],
): Found | undefined {
  if (first === undefined) return { id, path, parameters };
  const children = resources.filter(({ declared }) => declared.ParentId === id);
  const decoded = decode(first);
  for (const child of [...children].sort((a, b) => rank(a) - rank(b))) {
    const part = child.declared.PathPart as string;
    const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(part) ?? [];
    const next = `${path}/${part}`;
    if (name === undefined) {
      const deeper = part === decoded ? descend(child.id, rest, next, parameters, resources) : undefined;
      if (deeper) return deeper;
    } else if (greedy)
      return {
        id: child.id,
        path: next,
        parameters: { ...parameters, [name]: [first, ...rest].map(decode).join('/') },
      };
    else {
      const deeper = descend(child.id, rest, next, { ...parameters, [name]: decoded }, resources);
      if (deeper) return deeper;
    }
  }
  return undefined;
}

const rank = ({ declared: { PathPart } }: Part): number =>
  PathPart.endsWith('+}') ? 2 : PathPart.startsWith('{') ? 1 : 0;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
