import { expect, it } from 'vitest';
import { listenForInterrupts } from './interrupts.ts';

/** What is written when Ctrl-C is pressed twice in a command, and with what it leaves. */
function pressedTwice(command: string, flags: { env?: string; sandbox: boolean }) {
  const said: string[] = [];
  let left: number | undefined;
  let press = () => {};
  const interruption = new AbortController();
  listenForInterrupts(
    {
      onInterrupt: (heard) => {
        press = heard;
        return () => {};
      },
      stderr: { write: (text) => void said.push(text) },
      leave: (code) => {
        left = code;
      },
    },
    { reporter: { note: (text) => void said.push(text) }, close: () => {}, flags: flags as never },
    { interruption, command },
  );
  press();
  expect(interruption.signal.aborted).toBe(true);
  press();
  return { last: said.at(-1), left };
}

it.each([
  ['deploy', 'platform deploy --attach --env dev --sandbox follows it'],
  ['rollback', 'platform deploy --attach --env dev --sandbox follows it'],
  [
    'destroy',
    'platform status --env dev --sandbox shows how things stand; platform destroy --env dev --sandbox, typed again, takes it up',
  ],
  ['run', 'platform status --env dev --sandbox shows how things stand'],
])('Ctrl-C twice in %s leaves with 8, and says what follows it up', (command, wayOn) => {
  expect(pressedTwice(command, { env: 'dev', sandbox: true })).toEqual({
    last: `Left. What AWS had begun goes on: ${wayOn}\n`,
    left: 8,
  });
});
