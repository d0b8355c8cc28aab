import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './cli/command-table.ts';
import { CHECKS } from './doctor/registry.ts';
import { ERRORS } from './errors/registry.ts';
import { checkTests } from './testing/docs/checks-page.ts';
import { collectErrors } from './testing/docs/collect-errors.ts';
import { declaredProgram, descendants, helpOf, pathOf } from './testing/docs/commands-reference.ts';
import { registeredErrors } from './testing/docs/error-registry.ts';

const ROOT = join(import.meta.dirname, '..');
const SELF = 'src/house-rules.test.ts';

/** A folder may import from itself and from the folders listed, nothing else. Types count: they are the contract. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  main: ['cli', 'io'],
  // Of the operations only what belongs to every session: protection that is to be put back.
  cli: [
    'commands',
    'operations',
    'config',
    'domain',
    'errors',
    'context',
    'io',
    'aws',
    'cdk',
    'process',
    'sandbox',
    'package',
  ],
  commands: ['operations', 'doctor', 'release', 'process', 'config', 'domain', 'errors', 'context', 'package'],
  context: ['aws', 'cdk', 'config', 'io', 'process'],
  operations: [
    'release',
    'diagnosis',
    'domain',
    'config',
    'errors',
    'context',
    'secret',
    'infra',
    'aws',
    'cdk',
    'io',
    'process',
    'sandbox',
    'package',
  ],
  doctor: ['operations', 'diagnosis', 'domain', 'errors', 'context'],
  release: ['domain', 'config', 'errors', 'context', 'secret', 'infra', 'aws', 'cdk'],
  diagnosis: ['domain', 'errors', 'context', 'aws'],
  aws: ['domain', 'errors', 'secret'],
  // What ships is packed by what lies beside it.
  process: ['domain', 'errors', 'io', 'secret', 'functions', 'package'],
  cdk: ['aws', 'domain', 'errors', 'io', 'infra', 'package'],
  config: ['domain', 'errors'],
  // Texts of others are cleaned by one rule, wherever they are shown or kept.
  io: ['domain', 'errors'],
  domain: ['errors'],
  errors: [],
  secret: [],
  package: [],
  sandbox: [],
  infra: [],
  functions: [],
};

/** All that the rest of the program sees of the sandbox: the way to its server, and what may be asked of it. */
const SANDBOX_FACES: readonly string[] = ['src/sandbox/connect.ts', 'src/sandbox/break/break-steps.ts'];

/** What may be imported as a value only in these places; everywhere else it would be paid for by commands that do not use it. */
const PACKAGES: readonly [RegExp, readonly string[]][] = [
  [/^@aws-sdk\/|^@smithy\//, ['aws', 'sandbox', 'functions']],
  [/^@aws-cdk\/toolkit-lib$/, ['cdk']],
  [/^(aws-cdk-lib|constructs)(\/|$)/, ['cdk', 'infra']],
  [/^commander$/, ['cli', 'commands']],
  [/^@inquirer\//, ['io']],
  [/^ora$/, ['io']],
  [/^execa$/, ['process']],
];

/** From operations and release these are seen as types only: instances come through the context. */
const TYPES_ONLY: Record<string, readonly string[]> = {
  operations: ['aws', 'cdk', 'io'],
  release: ['aws', 'cdk'],
  diagnosis: ['aws'],
};

/** The second half only where it ends a name: `data-stack.ts` is named for the stack called data. */
const BANNED = /(^|-)(util|utils|helper|helpers|common|misc|manager|handler|impl)(-|\.)|(^|-)(data|info|base|new|v2)\./;

interface Import {
  specifier: string;
  typeOnly: boolean;
}

const files = ['src', 'infra', 'functions']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) =>
    (readdirSync(join(ROOT, folder), { recursive: true }) as string[]).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts'))
  .sort();
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function importsOf(file: string): Import[] {
  const source = text(file);
  const found = source.matchAll(
    /^(?:import|export)\s(type\s)?[^;]*?from\s'([^']+)'|\bimport\('([^']+)'\)|^import\s'([^']+)'/gm,
  );
  return [...found].map(([statement, type, from, lazily, bare]) => ({
    specifier: from ?? lazily ?? bare ?? '',
    typeOnly: type !== undefined || /^import\s\{(\s*type\s\w+( as \w+)?,?)+\s*\}/.test(statement),
  }));
}

/** `src/aws/call.ts` is of `aws`, `infra/names.ts` of `infra`, `src/context.ts` of `context`. */
function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second.replace(/\.ts$/, '') : top;
}

const targetOf = (file: string, specifier: string): string => normalize(join(dirname(file), specifier));

/** What only tests use, wherever it stands: it is in a folder `testing`, or builds on something that is. */
const scaffolding = new Set(files.filter((file) => /(^|\/)testing\//.test(file)));
for (let size = 0; size < scaffolding.size; ) {
  size = scaffolding.size;
  for (const file of files) {
    if (file.endsWith('.test.ts')) continue;
    const builds = importsOf(file).some(({ specifier }) => scaffolding.has(targetOf(file, specifier)));
    if (builds) scaffolding.add(file);
  }
}
const product = files.filter((file) => !file.endsWith('.test.ts') && !scaffolding.has(file));

/** What the program and its sandbox may load. */
const shipped = new Set<string>();
function ship(file: string): void {
  if (shipped.has(file) || !files.includes(file)) return;
  shipped.add(file);
  for (const { specifier } of importsOf(file)) if (specifier.startsWith('.')) ship(targetOf(file, specifier));
}
for (const entry of ['src/main.ts', 'src/sandbox/main.ts', 'src/sandbox/machine/keeper.ts']) ship(entry);

/** Every breach of a rule at once, by file. */
const holds = (title: string, over: readonly string[], breaches: (file: string) => readonly string[]) =>
  it(title, () => {
    expect(over.flatMap((file) => breaches(file).map((breach) => `${file}: ${breach}`))).toEqual([]);
  });

holds('a file imports only downwards', product, (file) => {
  const folder = folderOf(file);
  const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])];
  return importsOf(file).flatMap(({ specifier }) => {
    if (!specifier.startsWith('.')) return [];
    const target = targetOf(file, specifier);
    const inside = folder === 'sandbox' || folderOf(target) !== 'sandbox' || SANDBOX_FACES.includes(target);
    return allowed.includes(folderOf(target)) && inside ? [] : [`imports ${specifier}`];
  });
});

it('what is shipped builds on nothing that is for tests', () => {
  expect(shipped.size).toBeGreaterThan(200);
  expect([...shipped].filter((file) => scaffolding.has(file))).toEqual([]);
});

holds('operations are given their gateways, and know them as types', product, (file) => {
  const types = TYPES_ONLY[folderOf(file)] ?? [];
  return importsOf(file)
    .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
    .filter(({ specifier }) => types.includes(folderOf(targetOf(file, specifier))))
    .map(({ specifier }) => `imports ${specifier} as a value`);
});

holds('packages are loaded only where they belong', product, (file) =>
  importsOf(file).flatMap(({ specifier, typeOnly }) => {
    const [, folders] = PACKAGES.find(([pattern]) => pattern.test(specifier)) ?? [];
    return !folders || typeOnly || folders.includes(folderOf(file)) ? [] : [`loads ${specifier}`];
  }),
);

holds('only io touches the terminal and the process', product, (file) => {
  if (['io', 'functions'].includes(folderOf(file)) || file === 'src/sandbox/main.ts') return [];
  const code = text(file).replace(/'[^'\n]*'|`[^`]*`|\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  return code.match(/\bconsole\.\w+|\bprocess\.(exit\b|stdout|stderr)/g) ?? [];
});

holds('a file is named for what it holds', files, (file) => {
  const name = basename(file);
  // Operations are named by AWS, and the entry of a Lambda function is its handler.
  const free = folderOf(file) === 'functions' || file.includes('/operations/');
  const banned = !free && BANNED.test(name) ? ['a name that says nothing'] : [];
  const wellFormed = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(name) && name !== 'index.ts';
  return wellFormed ? banned : [...banned, 'not kebab-case, or an index'];
});

/** Cases follow each other in tests, so these may be longer. */
holds('a file is no longer than 300 lines', files, (file) => {
  const lines = text(file).split('\n').length - 1;
  const most = shipped.has(file) ? 300 : 500;
  return lines <= most || DATA_TABLES.some((table) => file.startsWith(table)) ? [] : [`${lines} lines`];
});

/** Lists, which do not become clearer by being cut. */
const DATA_TABLES = [
  'src/sandbox/services/required-members.ts',
  'src/errors/registry.ts',
  'src/sandbox/services/iam/aws-managed-policies.ts',
  'src/sandbox/services/cloudformation/conformance/',
];

holds(
  'a TODO says why',
  files,
  (file) =>
    text(file)
      .match(/^.*\b(TODO|FIXME|XXX)\b(?!: .{15,}).*$/gm)
      ?.filter(() => file !== SELF) ?? [],
);

holds('exports are named; there are no enums and namespaces', files, (file) => {
  // Vitest takes its settings and its reporters from default exports.
  if (file.endsWith('.config.ts') || file === 'src/testing/stray-errors.ts') return [];
  return text(file).match(/^export default .*|^(export )?(const )?enum .*|^(export )?namespace .*/gm) ?? [];
});

holds('tests mock nothing and wait for nothing', files, (file) =>
  file.endsWith('.test.ts') && file !== SELF
    ? (text(file).match(/\bvi\.(mock|fn|spyOn|useFakeTimers|stubGlobal)\b|aws-sdk-client-mock/g) ?? [])
    : [],
);

it('what infra shares with the rest of the program does not load the CDK', () => {
  const loads = (file: string, seen = new Set<string>()): string[] => {
    if (seen.has(file) || !existsSync(join(ROOT, file))) return [];
    seen.add(file);
    return importsOf(file)
      .filter(({ typeOnly }) => !typeOnly)
      .flatMap(({ specifier }) =>
        specifier.startsWith('.') ? loads(targetOf(file, specifier), seen) : [`${specifier} (by ${file})`],
      );
  };
  const shared = product
    .filter((file) => file.startsWith('src/') && folderOf(file) !== 'cdk')
    .flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
        .map(({ specifier }) => targetOf(file, specifier)),
    )
    .filter((file) => file.startsWith('infra/'));
  const loaded = [...new Set(shared)].flatMap((file) => loads(file));
  expect(loaded.filter((found) => /aws-cdk|constructs/.test(found))).toEqual([]);
});

describe('errors', () => {
  const errors = collectErrors();

  it('have ids of their own', () => {
    const places = new Map<string, Set<string>>();
    for (const { id, file } of errors) places.set(id, (places.get(id) ?? new Set()).add(file));
    const shared = [...places].filter(([, found]) => found.size > 1).map(([id, found]) => [id, ...found]);
    expect(shared).toEqual([]);
    expect(errors.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('say what happened and what to do, without blame and noise', () => {
    for (const { id, message, remedy } of errors) {
      expect(message, id).not.toBe('');
      expect(remedy, id).not.toBe('');
      expect(message, id).not.toMatch(/[^…]\.$|!|failed to|an error occurred|invalid argument/i);
    }
  });

  it('are all in the registry: npm run docs writes it', () => {
    expect(ERRORS).toEqual(registeredErrors());
  });
});

describe('checks of the doctor', () => {
  const ids = CHECKS.map(({ id }) => id);

  it('have ids of their own, and stand after what they need', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    const early = CHECKS.flatMap(({ id, needs = [] }, index) =>
      needs.filter((need) => !ids.slice(0, index).includes(need)).map((need) => `${id} needs ${need}`),
    );
    expect(early).toEqual([]);
  });

  it.each(ids)('%s is shown healthy and sick by tests whose titles say so', (id) => {
    const states = checkTests().flatMap(({ check, title }) =>
      check === id ? [/: (healthy|sick)/.exec(title)?.[1]] : [],
    );
    expect([...new Set(states)].sort()).toEqual(['healthy', 'sick']);
  });
});

describe('commands', async () => {
  const program = await declaredProgram();
  const commands = descendants(program);

  it.each(commands.map((command) => [pathOf(command), command] as const))(
    '%s has a summary and examples',
    (_, command) => {
      expect(command.summary()).toMatch(/^[a-z].*[^.]$/);
      if (command.commands.length === 0) expect(helpOf(command)).toMatch(/Examples:\n {2}\$ platform /);
      for (const option of command.options) expect(option.description, option.flags).toMatch(/^[^A-Z].*[^.]$|^AWS /);
    },
  );

  it('have the summary that the list of commands shows', () => {
    const listed = COMMANDS.map(({ name, summary }) => [name, summary]);
    const own = program.commands.filter((command) => command.name() !== 'help');
    expect(own.map((command) => [command.name(), command.summary()])).toEqual(listed);
  });
});
