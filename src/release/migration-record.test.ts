import { describe, expect, it } from 'vitest';
import { type MigrationRecord, whyToMigrate } from './migration-record.ts';

const source = {
  image: 'demo@sha256:aa',
  commands: [['migrate']],
  databases: { main: 'demo-main' },
  stack: 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo-dev-data/1',
};
const newest: MigrationRecord = { action: 'up', at: 1, principal: 'anna', task: 't', simulated: false, source };

describe('a deployment migrates', () => {
  it.each([
    ['nothing was migrated here yet', undefined, source],
    ['the newest migration was taken back', { ...newest, action: 'down' as const }, source],
    ['the image has changed', newest, { ...source, image: 'demo@sha256:bb' }],
    ['the image has changed', newest, { ...source, image: undefined }],
    ['the commands have changed', newest, { ...source, commands: [['cache'], ['migrate']] }],
    ['the database is a new one', newest, { ...source, databases: { main: 'demo-other' } }],
    ['the database is a new one', newest, { ...source, databases: { main: undefined } }],
    ['the database is a new one', newest, { ...source, databases: { main: 'demo-main', second: 'demo-2' } }],
    ['the database is a new one', newest, { ...source, stack: `${source.stack}2` }],
    ['the database is a new one', newest, { ...source, stack: undefined }],
  ])('because %s', (why, before, wanted) => {
    expect(whyToMigrate(before, wanted)).toBe(why);
  });

  it('not, when the newest migration was the same', () => {
    expect(whyToMigrate(newest, structuredClone(source))).toBeUndefined();
  });
});
