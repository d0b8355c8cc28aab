export type Framework = 'django' | 'express' | 'fastify' | 'next';

/** What `init` can tell of an application from its files; what it cannot tell is left out, never guessed. */
export interface DetectedApplication {
  framework?: Framework;
  /** Folder relative to where platform.yaml goes. */
  context: string;
  dockerfile: boolean;
  /** From EXPOSE. */
  port?: number;
  /** From HEALTHCHECK, else a route of the source that looks like a health check. */
  healthPath?: string;
  /** The Python package that holds settings and wsgi. */
  djangoModule?: string;
  /** What package.json and its neighbours say, of an application of Node. */
  node?: NodePackage;
}

export interface NodePackage {
  /** Names of its scripts. */
  scripts: readonly string[];
  /** What `npm start` runs. */
  start?: string;
  /** Whether package-lock.json is there. */
  locked: boolean;
}

/** Facts of one folder, as they were read. */
export interface ApplicationFiles {
  context: string;
  packageJson?: string;
  /** package-lock.json is there. */
  locked?: boolean;
  /** requirements.txt and pyproject.toml, one after the other. */
  pythonDependencies?: string;
  managePy?: string;
  dockerfile?: string;
  /** Source files with their text, few and small. */
  sources: readonly { path: string; text: string }[];
}

export function detectApplication({
  context,
  packageJson,
  locked = false,
  pythonDependencies,
  managePy,
  dockerfile,
  sources,
}: ApplicationFiles): DetectedApplication {
  const framework = frameworkOf(packageJson, pythonDependencies, managePy);
  const port = dockerfile === undefined ? undefined : exposedPort(dockerfile);
  const healthPath = checkedPath(dockerfile) ?? healthPathOf(sources);
  const djangoModule = /DJANGO_SETTINGS_MODULE['"],\s*['"]([\w.]+)\.settings/.exec(managePy ?? '')?.[1];
  return {
    context,
    dockerfile: dockerfile !== undefined,
    ...(framework ? { framework } : {}),
    ...(port ? { port } : {}),
    ...(healthPath ? { healthPath } : {}),
    ...(djangoModule ? { djangoModule } : {}),
    ...(framework && framework !== 'django' ? { node: nodePackage(packageJson, locked) } : {}),
  };
}

/** What each framework listens on when nobody says otherwise. */
export const DEFAULT_PORT: Record<Framework, number> = { django: 8000, express: 3000, fastify: 3000, next: 3000 };

function frameworkOf(packageJson?: string, python?: string, managePy?: string): Framework | undefined {
  const dependencies = dependenciesOf(packageJson);
  // A Next.js application may carry an Express of its own; the other way round does not happen.
  if (dependencies.has('next')) return 'next';
  if (dependencies.has('fastify')) return 'fastify';
  if (dependencies.has('express')) return 'express';
  if (managePy !== undefined || /^[ \t]*["']?django\b(?![-_])/im.test(python ?? '')) return 'django';
  return undefined;
}

function dependenciesOf(packageJson: string | undefined): Set<string> {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(packageJson ?? '{}');
    return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  } catch {
    return new Set();
  }
}

function nodePackage(packageJson: string | undefined, locked: boolean): NodePackage {
  const { scripts = {} } = JSON.parse(packageJson ?? '{}') as { scripts?: Record<string, unknown> };
  const { start } = scripts;
  return { scripts: Object.keys(scripts), ...(typeof start === 'string' ? { start } : {}), locked };
}

/** The last stage is what runs, so the last EXPOSE counts. */
function exposedPort(dockerfile: string): number | undefined {
  const exposed = [...dockerfile.matchAll(/^[ \t]*EXPOSE[ \t]+(\d+)(?:\/tcp)?[ \t]*\r?$/gim)].at(-1)?.[1];
  const port = Number(exposed);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** The path of the image's own HEALTHCHECK. */
const checkedPath = (dockerfile: string | undefined): string | undefined =>
  /^[ \t]*HEALTHCHECK\s(?:.*\\\n)*.*https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(\/[\w./-]+)/im.exec(
    dockerfile ?? '',
  )?.[1];

/** The shortest route that speaks of health: `/health` before `/api/v1/health/detailed`. */
function healthPathOf(sources: ApplicationFiles['sources']): string | undefined {
  const found = sources.flatMap(({ path, text }) => [
    ...[...text.matchAll(/['"`](\/?(?:[\w-]+\/){0,4}(?:health|healthz|healthcheck)\/?)['"`]/g)].map(
      (match) => match[1]!,
    ),
    // In the App and Pages Router of Next.js the file is the route.
    ...[/(?:^|\/)(?:app|pages)\/(api\/health)(?:\/route)?\.[jt]sx?$/.exec(path)?.[1]].filter(
      (route) => route !== undefined,
    ),
  ]);
  const [route] = found.sort((a, b) => a.length - b.length || a.localeCompare(b));
  return route && (route.startsWith('/') ? route : `/${route}`);
}
