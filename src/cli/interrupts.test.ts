import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { listenForInterrupts } from './interrupts.ts';
import { READERS } from './only-reads.ts';

/** What is written when Ctrl-C is pressed twice in a command, and with what it leaves. */
async function pressedTwice(
  command: string,
  flags: { env?: string; sandbox: boolean; dryRun?: boolean },
  { end = async () => {}, options = {} }: { end?: () => Promise<void>; options?: Record<string, unknown> } = {},
) {
  const said: string[] = [];
  const left = Promise.withResolvers<number>();
  let press = () => {};
  const interruption = new AbortController();
  listenForInterrupts(
    {
      onInterrupt: (heard) => {
        press = heard;
        return () => {};
      },
      stderr: { write: (text) => void said.push(text) },
      leave: left.resolve,
    },
    { reporter: { note: (text) => void said.push(text) }, end, flags: flags as never },
    { interruption, command, options },
  );
  press();
  expect(interruption.signal.aborted).toBe(true);
  press();
  const code = await left.promise;
  return { first: said[0], last: said.at(-1), left: code };
}

it.each([
  ['deploy', 'platform deploy --attach --env dev --sandbox follows it'],
  ['rollback', 'platform deploy --attach --env dev --sandbox follows it'],
  [
    'destroy',
    'platform status --env dev --sandbox shows how things stand; platform destroy --env dev --sandbox, typed again, takes it up',
  ],
  ['run', 'platform status --env dev --sandbox shows how things stand'],
])('Ctrl-C twice in %s leaves with 8, and says what follows it up', async (command, wayOn) => {
  expect(await pressedTwice(command, { env: 'dev', sandbox: true })).toEqual({
    first: 'Stopping; Ctrl-C again leaves at once, and what AWS has begun goes on',
    last: `Left. What AWS had begun goes on: ${wayOn}\n`,
    left: 8,
  });
});

it('gives the sandbox back its pace before it leaves, and leaves when the sandbox is silent', async () => {
  const ended: string[] = [];
  await pressedTwice('destroy', { sandbox: true }, { end: async () => void ended.push('pace') });
  expect(ended).toEqual(['pace']);
  const end = () => new Promise<void>(() => {});
  expect(await pressedTwice('destroy', { sandbox: true }, { end })).toMatchObject({ left: 8 });
});

it.each([
  ['logs', {}, {}],
  ['secrets list', {}, {}],
  ['doctor', {}, {}],
  ['deploy', { dryRun: true }, {}],
  ['deploy', {}, { preflight: true }],
])(
  'Ctrl-C in %s %j %j, which only reads, says that it stopped and nothing of what goes on',
  async (command, flags, options) => {
    expect(await pressedTwice(command, { sandbox: true, ...flags }, { options })).toEqual({
      first: 'Stopping; Ctrl-C again leaves at once',
      last: 'Stopped\n',
      left: 5,
    });
  },
);

it('what doctor mends goes on', async () => {
  const { first } = await pressedTwice('doctor', { sandbox: true }, { options: { fix: true } });
  expect(first).toContain('what AWS has begun goes on');
});

it('every command that is said to only read is one', async () => {
  const context = { reporter: {}, flags: {} } as never;
  const declared = await Promise.all(COMMANDS.map(async ({ load }) => (await load())(context)));
  const words = (command: Command, before = ''): string[] => {
    const own = `${before}${command.name()}`;
    return [own, ...command.commands.flatMap((one) => words(one, `${own} `))];
  };
  const all = declared.flatMap((command) => words(command));
  expect(READERS.filter((reader) => !all.includes(reader))).toEqual([]);
});
