import { expect, it } from 'vitest';
import { listenForInterrupts } from './interrupts.ts';

/** What is written when Ctrl-C is pressed twice in a command, and with what it leaves. */
async function pressedTwice(command: string, flags: { env?: string; sandbox: boolean }, end = async () => {}) {
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
    { interruption, command },
  );
  press();
  expect(interruption.signal.aborted).toBe(true);
  press();
  const code = await left.promise;
  return { last: said.at(-1), left: code };
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
    last: `Left. What AWS had begun goes on: ${wayOn}\n`,
    left: 8,
  });
});

it('gives the sandbox back its pace before it leaves, and leaves when the sandbox is silent', async () => {
  const ended: string[] = [];
  await pressedTwice('destroy', { sandbox: true }, async () => void ended.push('pace'));
  expect(ended).toEqual(['pace']);
  expect(await pressedTwice('destroy', { sandbox: true }, () => new Promise(() => {}))).toMatchObject({ left: 8 });
});
