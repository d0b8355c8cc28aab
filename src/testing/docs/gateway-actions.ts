import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { COMMANDS } from '../../cli/command-table.ts';

const SRC = join(import.meta.dirname, '..', '..');
const text = (file: string): string => readFileSync(join(SRC, file), 'utf8');

/** IAM actions by command, from the names given to `call` and `find` in the gateways that its operations use. */
export function actionsByCommand(): Map<string, string[]> {
  const gateways = gatewayMethods();
  const methods = new Map([...gateways, ...storeMethods(gateways)]);
  return new Map(
    COMMANDS.map(({ name }) => {
      const used = reachableCode(`commands/${name}.ts`).flatMap((code) => usedMethods(code, methods));
      return [name, [...new Set(used.flatMap((method) => [...methods.get(method)!]))].sort()] as const;
    }),
  );
}

/** Whether the command opens a session at all: then it passes the account fence. */
export const opensSession = (name: string): boolean =>
  [`commands/${name}.ts`, ...partsOf(name)].some((file) => /\bopen\(\)/.test(text(file)));

/** Subcommands in a folder of their own, as those of `db`. */
const partsOf = (name: string): string[] => {
  const folder = join(SRC, 'commands', name);
  return existsSync(folder) ? readdirSync(folder).map((file) => `commands/${name}/${file}`) : [];
};

/** By `<property of Aws>.<method>`: the actions that the method asks for, through methods of its own class too. */
function gatewayMethods(): Map<string, Set<string>> {
  const properties = [...text('aws/aws.ts').matchAll(/this\.(\w+) = new (\w+)\(connection\)/g)];
  const classes = new Map(
    readdirSync(join(SRC, 'aws'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const name = /^export class (\w+)/m.exec(text(`aws/${file}`))?.[1];
        return name ? [[name, file] as const] : [];
      }),
  );
  const found = new Map<string, Set<string>>();
  for (const [, property = '', className = ''] of properties) {
    const file = classes.get(className);
    if (!file) continue;
    const bodies = methodBodies(text(`aws/${file}`));
    for (const method of bodies.keys()) found.set(`${property}.${method}`, actionsOf(method, bodies, file));
  }
  return found;
}

/** Methods stand two spaces deep; a body reaches to the next of them. */
function methodBodies(source: string): Map<string, string> {
  const parts = source.split(/^ {2}(?:async )?(?:get )?(#?\w+)(?:<[^\n(]*>)?\((?=[^\n]*)/m);
  const bodies = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) bodies.set(parts[index]!, parts[index + 1]!);
  return bodies;
}

function actionsOf(
  method: string,
  bodies: ReadonlyMap<string, string>,
  file: string,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(method)) return new Set();
  seen.add(method);
  const body = bodies.get(method) ?? '';
  const own = [...body.matchAll(/'([a-z0-9-]+:[A-Z]\w+)'/g)].map(([, action]) => action!);
  const called = [...body.matchAll(/this\.(#?\w+)[<(]/g)].flatMap(([, other]) => [
    ...actionsOf(other!, bodies, file, seen),
  ]);
  // A gateway may have a neighbour do part of its work: image uploads stand in a file of their own.
  const beside = [...text(`aws/${file}`).matchAll(/import \{[^}]*?(\w+) \} from '\.\/([\w-]+\.ts)'/g)]
    .filter(
      ([, name = '', from = '']) =>
        body.includes(`${name}(`) && !['call.ts', 'once.ts', 'client-settings.ts'].includes(from),
    )
    .flatMap(([, , from]) =>
      [...text(`aws/${from}`).matchAll(/'([a-z0-9-]+:[A-Z]\w+)'/g)].map(([, action]) => action!),
    );
  return new Set([...own, ...called, ...beside]);
}

/** `ecs.service(`, `aws.ecs.service(`, `aws.in(region).cloudFormation.events(`, over line breaks too. */
function usedMethods(source: string, methods: ReadonlyMap<string, unknown>): string[] {
  const code = source.replace(/\s*\n\s*\./g, '.');
  return [...methods.keys()].filter((name) => new RegExp(`\\b${name.replace('.', '\\.')}\\(`).test(code));
}

type Declarations = ReadonlyMap<string, string>;

/** Top-level declarations by name, each with its text; imports are the lines before them. */
function declarationsOf(file: string): Declarations {
  const parts = text(file).split(/^(?:export )?(?:async )?(?:function|const|class) (\w+)/m);
  const found = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) found.set(parts[index]!, parts[index + 1]!);
  return found;
}

/** Names that a file imports as values, now or later, with where they come from. */
function importedNames(file: string): { name: string; from: string }[] {
  const source = text(file);
  const now = source.matchAll(/^import (?!type)\{([^}]*)\} from '(\.[^']+)'/gm);
  const later = source.matchAll(/const \{([^}]*)\} = await import\('(\.[^']+)'\)/g);
  return [...now, ...later].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, from: normalize(join(dirname(file), from)) })),
  );
}

/** Texts of the declarations that may run when the given ones do; `from` is a file, all of whose declarations count. */
function reachableCode(from: string): string[] {
  const seen = new Map<string, string>();
  const visit = (file: string, name: string) => {
    const key = `${file}#${name}`;
    if (seen.has(key) || file.startsWith('aws/') || !existsSync(join(SRC, file))) return;
    const declarations = declarationsOf(file);
    const body = declarations.get(name);
    // The store of objects is followed call by call, or whoever reads the state would be said to write it.
    if (body === undefined || name === STORE) return;
    seen.set(key, body);
    const mentions = (word: string) => new RegExp(`\\b${word}\\b`).test(body);
    for (const other of declarations.keys()) if (other !== name && mentions(other)) visit(file, other);
    for (const imported of importedNames(file)) if (mentions(imported.name)) visit(imported.from, imported.name);
  };
  for (const name of declarationsOf(from).keys()) visit(from, name);
  return [...seen.values()];
}

const STORE = 'objectsIn';

/** `objects.get` stands for `s3.getObject` and so on, as `objectsIn` says. */
function storeMethods(methods: ReadonlyMap<string, Set<string>>): [string, Set<string>][] {
  const body = declarationsOf('release/state-bucket.ts').get(STORE) ?? '';
  return [...body.matchAll(/^ {2}(\w+):[^\n]*?\b(s3\.\w+)\(/gm)].map(([, name, method]) => [
    `objects.${name}`,
    methods.get(method!) ?? new Set(),
  ]);
}
