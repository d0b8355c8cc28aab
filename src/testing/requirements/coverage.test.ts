import { describe, expect, it } from 'vitest';
import { idsIn, provenIds } from './proofs.ts';
import { ROWS, rowsOf } from './rows.ts';

describe('rows of the five systems', () => {
  it('are 555, with 20 defects and 40 conflicts, each once', () => {
    const ids = ROWS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const count = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).length;
    expect(['S0', 'S1', 'S2', 'S3', 'S4', 'D', 'C'].map(count)).toEqual([56, 88, 109, 129, 173, 20, 40]);
  });

  it('are refused when a line is not one', () => {
    expect(() => rowsOf('S0-01 bloc something')).toThrow('S0-01 bloc something');
  });

  it('are named rightly by every test that names one', () => {
    const known = new Set(ROWS.map(({ id }) => id));
    const unknown = [...provenIds()].filter(([id]) => !known.has(id) && id.startsWith('S'));
    expect(unknown).toEqual([]);
  });

  it('are proven by titles only: no comment, no value in a test, no test that is skipped', () => {
    const row = ROWS[0]!.id;
    expect([...idsIn(`it('does it (${row})', () => {});`)]).toEqual([row]);
    expect([...idsIn(`it('does it', () => {}); \n// ${row}\nexpect(x).toBe(1); // ${row}`)]).toEqual([]);
    expect([...idsIn(`it.skip('does it (${row})', () => {});\nit('other', () => {});`)]).toEqual([]);
  });
});
