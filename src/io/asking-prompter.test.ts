import { describe, expect, it } from 'vitest';
import { type AskingOptions, AskingPrompter, type Questions } from './asking-prompter.ts';

const prompter = (options: Partial<AskingOptions> = {}) =>
  new AskingPrompter({ yes: false, confirm: [], dryRun: false, noteNeeded: () => {}, ...options });
const typing = (answer: string, seen: string[] = []): Questions => ({
  confirm: async (text) => {
    seen.push(text);
    return answer === 'yes';
  },
  input: async (text) => {
    seen.push(text);
    return answer;
  },
  choose: async (text) => {
    seen.push(text);
    return answer;
  },
});
const name = 'prod/databases.main';

describe('ASK', () => {
  it('is answered by --yes, and by a person', async () => {
    await prompter({ yes: true }).ask({ text: 'Deploy?' });
    await prompter({ questions: typing('yes') }).ask({ text: 'Deploy?' });
  });

  it('declined is exit 5', async () => {
    await expect(prompter({ questions: typing('no') }).ask({ text: 'Deploy?' })).rejects.toMatchObject({
      id: 'declined',
      exitCode: 5,
    });
  });

  it('without anybody to ask is exit 2 with the flag in the remedy', async () => {
    await expect(prompter().ask({ text: 'Deploy?' })).rejects.toMatchObject({
      id: 'nobody-to-ask',
      exitCode: 2,
      remedy: expect.stringContaining('--yes'),
    });
  });

  it('shows its flag, and nothing that could command the terminal', async () => {
    const seen: string[] = [];
    await prompter({ questions: typing('yes', seen) }).ask({ text: 'Delete \u001b[2Jstack?' });
    expect(seen).toEqual(['Delete stack? (--yes)']);
  });
});

it('an offer is taken by a person alone: not by --yes, on a dry run, or where nobody is there', async () => {
  const offer = { text: 'Redeploy too?', flag: '--redeploy' };
  const seen: string[] = [];
  expect(await prompter({ questions: typing('yes', seen) }).offer(offer)).toBe(true);
  expect(await prompter({ questions: typing('no', seen) }).offer(offer)).toBe(false);
  expect(seen).toEqual(['Redeploy too? (--redeploy)', 'Redeploy too? (--redeploy)']);
  expect(await prompter({ questions: typing('yes'), yes: true }).offer(offer)).toBe(false);
  expect(await prompter({ questions: typing('yes'), dryRun: true }).offer(offer)).toBe(false);
  expect(await prompter().offer(offer)).toBe(false);
});

describe('TYPED', () => {
  it('is answered by its own name only, at the prompt or by --confirm', async () => {
    await prompter({ confirm: ['prod/other', name] }).askTyped({ text: 'Replace?', name });
    await prompter({ questions: typing(name) }).askTyped({ text: 'Replace?', name });
    await expect(prompter({ questions: typing('main') }).askTyped({ text: 'Replace?', name })).rejects.toMatchObject({
      message: `Declined: "main" was typed, and not ${name}`,
      exitCode: 5,
    });
  });

  it('is never answered by --yes', async () => {
    await expect(prompter({ yes: true }).askTyped({ text: 'Replace?', name })).rejects.toMatchObject({
      exitCode: 2,
      remedy: expect.stringContaining(`--confirm ${name}`),
    });
    await expect(
      prompter({ yes: true, confirm: ['prod/databases'] }).askTyped({ text: 'Replace?', name }),
    ).rejects.toMatchObject({ exitCode: 2 });
  });
});

it('a dry run asks nothing and says what would be needed', async () => {
  const notes: string[] = [];
  const dry = prompter({ dryRun: true, noteNeeded: (text) => notes.push(text) });
  await dry.ask({ text: 'Deploy?' });
  await dry.askTyped({ text: 'Replace?', name });
  expect(notes.join('\n')).toContain('--yes');
  expect(notes.join('\n')).toContain(`--confirm ${name}`);
});

it('takes the initial answer of an open question with --yes, else names the flag', async () => {
  const question = { text: 'Region?', flag: '--region', initial: 'us-east-1' };
  expect(await prompter({ yes: true }).input(question)).toBe('us-east-1');
  await expect(prompter().input(question)).rejects.toMatchObject({
    exitCode: 2,
    remedy: 'say it with --region <value>, or --yes to take the usual answers, here us-east-1',
  });
  await expect(
    prompter().choose({ text: 'Preset?', flag: '--preset', choices: [{ value: 'web', title: 'Web' }] }),
  ).rejects.toMatchObject({ remedy: 'say it with --preset web' });
});
