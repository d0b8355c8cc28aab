import { describe, expect, it } from 'vitest';
import { VERSION } from '../package.ts';
import { startPlatform } from '../testing/start-platform.ts';
import { run } from './run.ts';

describe('platform', () => {
  it('prints help and leaves well, with and without being asked', async () => {
    const { platform } = await startPlatform();
    const asked = await platform('--help');
    const bare = await platform('');
    expect(asked).toMatchObject({ exitCode: 0, stderr: '' });
    expect(asked.stdout).toContain('Usage: platform');
    expect(bare.stdout).toBe(asked.stdout);
  });

  it.each([
    ['stauts', 'command-unknown', 'Did you mean status?'],
    ['status --evn dev', 'option-unknown', 'Did you mean --env?'],
    ['status --env', 'option-value-missing', 'platform status --help'],
    ['events --limit many', 'argument-invalid', 'whole number'],
    ['config', 'command-incomplete', 'subcommands'],
    ['status one two', 'argument-excess', 'platform status --help'],
    ['completion tcsh', 'argument-invalid', 'bash'],
    ['help nothing', 'help-unknown', 'status'],
    ['run web ls -la', 'option-unknown', 'after --: platform run … -- <command>'],
    ['run web --timout 3m -- ls', 'option-unknown', 'Did you mean --timeout?'],
    ['db connect main -c x', 'option-unknown', 'after --: platform db connect … -- <command>'],
    ['rollback continue --to x', 'option-unknown', "Option '--to <release>' is of platform rollback"],
    ['rollback --to x continue', 'option-unknown', 'platform rollback continue --help'],
    ['releases show 1f2e -n 5', 'option-unknown', "Option '-n, --limit <count>' is of platform releases"],
    ['bootstrap repair --force', 'option-unknown', 'not of platform bootstrap repair'],
    ['redeploy web --timeout 0', 'argument-invalid', 'more than 0'],
  ])('refuses "%s" with exit 2 and a way on', async (words, id, hint) => {
    const { platform } = await startPlatform();
    const { exitCode, stderr, stdout } = await platform(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`id: ${id}`);
    expect(stderr).toContain(hint);
  });

  it('answers a command line that it cannot read in JSON too', async () => {
    const { platform } = await startPlatform();
    const run = await platform('stauts --json');
    expect(run.exitCode).toBe(2);
    expect(run.json()).toMatchObject({ error: { id: 'command-unknown', kind: 'usage', problems: [] } });
  });

  it('shows at a subcommand neither the options of its group nor what a default is inside', async () => {
    const { platform } = await startPlatform();
    expect((await platform('rollback continue --help')).stdout).not.toMatch(/--to <release>|default: \[/);
    expect((await platform('bootstrap repair --help')).stdout).not.toMatch(/--force|default: false/);
    expect((await platform('run --help')).stdout).toMatch(/--timeout <time> [^-]*\(default:\s+1h\)/);
    expect((await platform('logs --help')).stdout).toMatch(/--since <time> [^-]*\(default:\s+10m\)/);
  });

  it('prints its topics', async () => {
    const { platform } = await startPlatform();
    expect((await platform('help exit-codes')).stdout).toMatch(/^ {2}70 {2}a bug/m);
    expect((await platform('help environment')).stdout).toContain('AWS_CA_BUNDLE');
    expect((await platform('help errors')).stdout).toContain('account-mismatch');
    expect((await platform('help errors account-mismatch')).stdout).toContain('fix: ');
    expect((await platform('help errors nope')).exitCode).toBe(2);
    expect((await platform('help config show')).stdout).toContain('Usage: platform config show');
  });

  it('works as if started elsewhere with -C, several adding up', async () => {
    const { platform } = await startPlatform({ files: { 'a/b/keep': '' } });
    const run = await platform('-C a -C b config show --env dev --json');
    expect(run.json()).toMatchObject({ project: 'demo', environment: 'dev' });
  });

  it('says what keeps platform.yaml from loading, with its place, and exits 2', async () => {
    const { platform } = await startPlatform({ yaml: 'project: demo\nservcies: {}\n' });
    const run = await platform('status');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/platform\.yaml:2:1/);
    expect(run.stderr).toContain('services');
  });

  it('never takes an environment of kind prod by itself', async () => {
    const { platform } = await startPlatform({
      yaml: 'project: demo\ndefaults: { environment: prod }\nenvironments: { prod: { kind: prod, account: "222222222222" } }\n',
    });
    const { exitCode, stderr } = await platform('status');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('id: environment-not-chosen');
  });

  it.each([false, true])(
    'shows a bug with its stack, the version and what to do, and exits 70 (--json: %s)',
    async (json) => {
      const { directory } = await startPlatform();
      const written = { stdout: '', stderr: '' };
      const sink = (name: keyof typeof written) => ({
        write: (text: string) => {
          written[name] += text;
        },
        isTerminal: false,
        columns: () => 80,
        rows: () => 24,
      });
      const exitCode = await run(['status', '--env', 'sandbox', ...(json ? ['--json'] : [])], {
        variables: {},
        directory,
        stdout: sink('stdout'),
        stderr: sink('stderr'),
        stdinIsTerminal: false,
        leave: () => {},
        // Called when a command is about to run, where nothing is explained.
        onInterrupt: () => {
          throw new Error('nobody \u001b[31mforesaw\u001b[0m this');
        },
      });
      expect(exitCode).toBe(70);
      expect(written.stderr).toContain('bug: nobody foresaw this');
      expect(written.stderr).toMatch(/^ {4}at /m);
      expect(written.stderr).toContain(`platform ${VERSION}`);
      expect(written.stderr).not.toContain('\u001b');
      if (json) expect(JSON.parse(written.stdout)).toMatchObject({ error: { id: 'bug', kind: 'bug' } });
    },
  );
});
