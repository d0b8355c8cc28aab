import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PlatformError } from '../../errors/platform-error.ts';
import { bundleFunctions, type FunctionSource } from './bundle-functions.ts';

interface Scene {
  root: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  bundle(changes?: Partial<FunctionSource>): Promise<{ directory: string; hash: string; files: string[] }>;
}

function scene(files: Readonly<Record<string, string | Uint8Array>>): Scene {
  const root = mkdtempSync(join(tmpdir(), 'platform-bundle-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write: Scene['write'] = (more) => {
    for (const [path, content] of Object.entries(more)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  };
  write(files);
  return {
    root,
    write,
    bundle: async (changes = {}) => {
      const source: FunctionSource = {
        name: 'api',
        written: 'src/api.ts',
        path: join(root, 'src/api.ts'),
        root,
        handler: 'index.handler',
        runtime: 'nodejs22.x',
        architecture: 'arm64',
        ...changes,
      };
      const { api } = await bundleFunctions([source], join(root, '.platform/cache'));
      const listed = readdirSync(api!.directory, { recursive: true, withFileTypes: true });
      const names = listed.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
      return { ...api!, files: names.map((file) => file.slice(api!.directory.length + 1)).sort() };
    },
  };
}

async function refusalOf(work: Promise<unknown>): Promise<PlatformError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}

/** What the bundled handler answers, in a process of its own. */
function invoke(directory: string, file = 'index.mjs', handler = 'handler'): unknown {
  const script = `const found = await import(${JSON.stringify(pathToFileURL(join(directory, file)).href)});
const call = found[${JSON.stringify(handler)}] ?? found.default[${JSON.stringify(handler)}];
process.stdout.write(JSON.stringify(await call({})));`;
  // As every function of Node.js is started: NODE_OPTIONS of its template.
  const options = ['--enable-source-maps', '--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

const HANDLER = `import { word } from './word.ts';
export const handler = async (): Promise<string> => word;
`;

describe('a bundle', () => {
  it('is one file with its source map, and runs (S0-06, S4-22, S4-68)', async () => {
    const { bundle } = scene({ 'src/api.ts': HANDLER, 'src/word.ts': "export const word: string = 'hello';\n" });
    const made = await bundle();
    expect(made.files).toEqual(['index.mjs', 'index.mjs.map']);
    expect(invoke(made.directory)).toBe('hello');
    const map = JSON.parse(readFileSync(join(made.directory, 'index.mjs.map'), 'utf8'));
    expect(map.sources).toContain('../src/word.ts');
    expect(map.sourcesContent).toBeUndefined();
  });

  it('has nothing that nobody uses, no more characters than needed, and traces that name the sources (S4-23)', async () => {
    const { bundle } = scene({
      'src/api.ts': `import { priceOf } from './prices.ts';
export const handler = async (): Promise<unknown> => {
  try {
    return priceOf(7);
  } catch (error) {
    return { name: (error as Error).constructor.name, stack: (error as Error).stack };
  }
};
`,
      'src/prices.ts': `class NoPrice extends Error {}
/* A comment is no code. */
export function priceOf(numberOfTheOrder: number): number {
  if (numberOfTheOrder > 5) throw new NoPrice('none');
  return numberOfTheOrder;
}
export const unused = () => 'nobody asks for this';
`,
    });
    const { directory } = await bundle();
    const code = readFileSync(join(directory, 'index.mjs'), 'utf8');
    expect(code).not.toMatch(/nobody asks for this|numberOfTheOrder|A comment/);
    const told = invoke(directory) as { name: string; stack: string };
    expect(told.name).toBe('NoPrice');
    expect(told.stack).toMatch(/src\/prices\.ts:4:\d+/);
  });

  it('is the same bytes for the same sources, wherever they lie, and others for others', async () => {
    const sources = { 'src/api.ts': HANDLER, 'src/word.ts': "export const word: string = 'hello';\n" };
    const [here, there] = [scene(sources), scene(sources)];
    const first = await here.bundle();
    expect((await here.bundle()).hash).toBe(first.hash);
    expect((await there.bundle()).hash).toBe(first.hash);
    here.write({ 'README.md': 'nothing of it' });
    expect((await here.bundle()).hash).toBe(first.hash);
    here.write({ 'src/word.ts': "export const word: string = 'bye';\n" });
    const second = await here.bundle();
    expect(second.hash).not.toBe(first.hash);
    expect(existsSync(first.directory)).toBe(true);
  });

  it('is of a folder the module of the handler, there or in src', async () => {
    const { root, bundle } = scene({
      'workers/mail/index.ts': 'export const handler = () => 1;\n',
      'workers/sms/src/main.js': 'export function run() { return 2; }\n',
    });
    const mail = await bundle({ path: join(root, 'workers/mail') });
    expect(invoke(mail.directory)).toBe(1);
    const sms = await bundle({ path: join(root, 'workers/sms'), handler: 'main.run' });
    expect(sms.files).toEqual(['main.mjs', 'main.mjs.map']);
    expect(invoke(sms.directory, 'main.mjs', 'run')).toBe(2);
  });

  it('takes CommonJS as it is, as an entry and as a package that reads files and requires built-in modules', async () => {
    const { root, bundle, write } = scene({
      'src/old.js': "const { sep } = require('node:path');\nexports.handler = async () => sep;\n",
      'node_modules/old-package/package.json': '{ "name": "old-package", "version": "1.0.0", "main": "main.js" }',
      'node_modules/old-package/main.js':
        "const os = require('os'); module.exports = { kind: typeof os.cpus, here: typeof __dirname };\n",
    });
    const old = await bundle({ path: join(root, 'src/old.js') });
    expect(old.files).toEqual(['index.cjs', 'index.cjs.map']);
    expect(invoke(old.directory, 'index.cjs')).toBe('/');
    write({ 'src/api.ts': "import old from 'old-package';\nexport const handler = () => old;\n" });
    expect(invoke((await bundle()).directory)).toEqual({ kind: 'function', here: 'string' });
  });

  it("counts on the runtime for AWS's clients, unless the project has its own", async () => {
    const { root, bundle, write } = scene({
      'src/api.ts': "import { S3 } from '@aws-sdk/client-s3';\nexport const handler = () => S3;\n",
    });
    const made = await bundle();
    expect(readFileSync(join(made.directory, 'index.mjs'), 'utf8')).toMatch(/from ?"@aws-sdk\/client-s3"/);
    write({
      'node_modules/@aws-sdk/client-s3/package.json': '{ "name": "@aws-sdk/client-s3", "main": "main.js" }',
      'node_modules/@aws-sdk/client-s3/main.js': "exports.S3 = 'own';\n",
    });
    expect(invoke((await bundle({ path: join(root, 'src/api.ts') })).directory)).toBe('own');
  });
});

describe('what cannot be bundled', () => {
  it('is said with file, line and column, all at once', async () => {
    const { bundle } = scene({
      'src/api.ts':
        "import { a } from './missing.ts';\nimport b from 'not-installed';\nexport const handler = () => [a, b];\n",
    });
    const error = await refusalOf(bundle());
    expect(error).toMatchObject({ id: 'function-bundle', kind: 'failed' });
    expect(error.problems).toMatchObject([
      { file: 'src/api.ts', line: 1, column: 19, path: 'functions.api' },
      { file: 'src/api.ts', line: 2, column: 15, remedy: 'npm install not-installed' },
    ]);
  });

  it('is a syntax error at its place', async () => {
    const { bundle } = scene({ 'src/api.ts': 'export const handler = () => {\n' });
    const error = await refusalOf(bundle());
    expect(error.problems).toMatchObject([{ file: 'src/api.ts', line: 2, column: 1 }]);
  });

  it('is a handler that nobody exports, with the nearest that is', async () => {
    const { bundle } = scene({ 'src/api.ts': 'export const handle = () => 1;\n' });
    expect(await refusalOf(bundle())).toMatchObject({
      id: 'function-handler',
      kind: 'usage',
      remedy: 'write handler: index.handle, or export handler',
    });
  });

  it('is a folder without the module, and a file of another kind', async () => {
    const { root, bundle } = scene({ 'lib/readme.txt': '', 'src/api.py': '' });
    expect((await refusalOf(bundle({ path: join(root, 'lib'), written: 'lib' }))).message).toBe(
      'functions.api: lib has no index.ts or index.js, and none in src',
    );
    expect((await refusalOf(bundle({ path: join(root, 'src/api.py') }))).id).toBe('function-entry');
  });
});

describe('packages that only work as folders', () => {
  const elf = (machine: number) => Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, ...Array(14).fill(0), machine, 0]);
  const native = (machine: number) => ({
    'src/api.ts': "import fast from 'fast';\nexport const handler = () => fast;\n",
    'node_modules/fast/package.json': JSON.stringify({
      name: 'fast',
      main: 'main.js',
      gypfile: true,
      dependencies: { part: '1' },
    }),
    'node_modules/fast/main.js': "module.exports = require('part');\n",
    'node_modules/fast/build/fast.node': elf(machine),
    'node_modules/part/package.json': '{ "name": "part", "main": "main.js" }',
    'node_modules/part/main.js': "module.exports = 'part';\n",
  });

  it('stay folders beside the bundle, with what they need (S0-04, F-103)', async () => {
    const made = await scene(native(183)).bundle();
    expect(made.files).toEqual([
      'index.mjs',
      'index.mjs.map',
      'node_modules/fast/build/fast.node',
      'node_modules/fast/main.js',
      'node_modules/fast/package.json',
      'node_modules/part/main.js',
      'node_modules/part/package.json',
    ]);
    expect(invoke(made.directory)).toBe('part');
  });

  it('of another processor are refused before anything is deployed (F-103, D18)', async () => {
    const other = scene(native(62));
    expect(await refusalOf(other.bundle())).toMatchObject({
      id: 'function-platform',
      remedy:
        'npm install --os=linux --cpu=arm64 --libc=glibc fast, beside what is installed; or write architecture: x86_64',
    });
    expect((await other.bundle({ architecture: 'x86_64' })).files).toContain('node_modules/fast/build/fast.node');
  });

  it('of several platforms bring the one that fits, and are refused where it is not installed (F-103)', async () => {
    const image = {
      'src/api.ts': "import image from 'image';\nexport const handler = () => image;\n",
      'node_modules/image/package.json': JSON.stringify({
        name: 'image',
        main: 'main.js',
        optionalDependencies: { '@image/linux-x64': '1', '@image/linux-arm64': '1', '@image/linuxmusl-arm64': '1' },
      }),
      'node_modules/image/main.js': 'module.exports = 1;\n',
      'node_modules/@image/linux-x64/package.json': JSON.stringify({
        name: '@image/linux-x64',
        os: ['linux'],
        cpu: ['x64'],
      }),
      'node_modules/@image/linux-x64/lib.node': elf(62),
    };
    const { bundle, write } = scene(image);
    expect((await refusalOf(bundle())).id).toBe('function-platform');
    write({
      'node_modules/@image/linux-arm64/package.json': JSON.stringify({
        name: '@image/linux-arm64',
        os: ['linux'],
        cpu: ['arm64'],
      }),
      'node_modules/@image/linux-arm64/lib.node': elf(183),
    });
    const { files } = await bundle();
    expect(files).toContain('node_modules/@image/linux-arm64/lib.node');
    expect(files).not.toContain('node_modules/@image/linux-x64/lib.node');
  });
});

describe('Python', () => {
  it('is the folder as it stands, without what only this machine made', async () => {
    const { root, bundle } = scene({
      'jobs/index.py': 'def handler(event, context):\n  return 1\n',
      'jobs/lib/part.py': '',
      'jobs/__pycache__/index.pyc': 'x',
    });
    const made = await bundle({ path: join(root, 'jobs'), runtime: 'python3.13' });
    expect(made.files).toEqual(['index.py', 'lib/part.py']);
  });

  it('needs its packages beside it, and its module', async () => {
    const { root, bundle, write } = scene({ 'jobs/index.py': '', 'jobs/requirements.txt': '# all\nrequests==2\n' });
    const python = { path: join(root, 'jobs'), written: 'jobs', runtime: 'python3.13' };
    expect((await refusalOf(bundle(python))).remedy).toMatch(/^pip install -r jobs\/requirements.txt -t jobs /);
    write({ 'jobs/requests-2.dist-info/METADATA': '' });
    expect((await bundle(python)).files).toContain('requests-2.dist-info/METADATA');
    expect((await refusalOf(bundle({ ...python, handler: 'main.handler' }))).id).toBe('function-python-entry');
  });
});

it('two who bundle the same at once leave one whole folder', async () => {
  const { root, bundle } = scene({ 'src/api.ts': 'export const handler = () => 1;\n' });
  const made = await Promise.all([bundle(), bundle(), bundle()]);
  expect(new Set(made.map(({ hash }) => hash)).size).toBe(1);
  expect(readdirSync(join(root, '.platform/cache'))).toEqual([made[0]!.hash]);
});

it.each(['jwt-authorizer', 'outbox-publisher', 'rotate-database', 'url-secret'])(
  '%s ships as one file that says nothing of where it was bundled (S0-06)',
  async (name) => {
    const root = join(import.meta.dirname, '../../..');
    const { bundle } = scene({});
    const { directory, files } = await bundle({
      path: join(root, 'functions', name, 'handler.ts'),
      root,
      shipped: true,
    });
    expect(files).toEqual(['index.mjs']);
    const text = readFileSync(join(directory, 'index.mjs'), 'utf8');
    expect(text).not.toContain(root);
    expect(text).not.toMatch(/node_modules\/(pg|jose)\//);
  },
);
