import { expect, it } from 'vitest';
import { thingName } from './thing-name.ts';

const named = (name: string) => ({ Resources: { Thing: { Type: 'AWS::X::Y', Metadata: { 'platform:name': name } } } });

it.each([
  ['database main', 'databases.main'],
  ['database main writer', 'databases.main'],
  ['database main reader 2', 'databases.main.reader2'],
  ['database main credentials', 'databases.main.credentials'],
  ['bucket media', 'buckets.media'],
  ['dead letters of queue jobs', 'queues.jobs.dlq'],
  ['web log', 'tasks.Thing'],
])('calls %s %s', (name, thing) => {
  expect(thingName('tasks', named(name), 'Thing')).toBe(thing);
});
