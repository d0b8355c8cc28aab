import { expect, it } from 'vitest';
import type { Cause, Evidence } from '../../diagnosis/cause.ts';
import { Jury, ranked } from './jury.ts';

const read: Evidence = { call: 'ecs:DescribeTasks', read: 'tasks[0].stoppedReason', value: 'x' };
const cause = (id: Cause['id'], more: { recurs?: Cause['recurs']; subject?: string } = {}): Cause => ({
  id,
  subject: 'services.web',
  what: id,
  remedy: 'do',
  recurs: 'maybe',
  certainty: 'certain',
  evidence: [read],
  ...more,
});
const possible = (one: Cause): Cause => ({ ...one, certainty: 'possible', evidence: [] });

it('needs one task for what every attempt meets', () => {
  expect(new Jury().hear('a', [cause('F-44', { recurs: 'always' })])).toMatchObject({ id: 'F-44' });
});

it('needs two different tasks for what may pass, with the same cause of the same thing', () => {
  const jury = new Jury();
  expect(jury.hear('a', [cause('F-49')])).toBeUndefined();
  expect(jury.hear('a', [cause('F-49')])).toBeUndefined();
  expect(jury.hear('b', [cause('F-50')])).toBeUndefined();
  expect(jury.hear('b', [cause('F-49', { subject: 'services.worker' })])).toBeUndefined();
  expect(jury.hear('b', [cause('F-49')])).toMatchObject({ id: 'F-49' });
});

it('never decides by what passes, nor by what is only possible', () => {
  const jury = new Jury();
  for (const task of ['a', 'b', 'c'])
    for (const one of [
      cause('F-55', { recurs: 'passing' }),
      possible(cause('F-44', { recurs: 'always' })),
      possible(cause('F-49')),
    ])
      expect(jury.hear(task, [one])).toBeUndefined();
});

it('ranks what is certain and frequent first, each once', () => {
  const found = [[possible(cause('F-45')), cause('F-50')], [cause('F-49')], [cause('F-49')], [cause('F-45')]];
  expect(ranked(found).map(({ id, certainty }) => `${id} ${certainty}`)).toEqual([
    'F-45 certain',
    'F-49 certain',
    'F-50 certain',
  ]);
});
