import { parse as parseWithPackage } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from './dotenv.ts';
import { dotenvLine } from './dotenv-line.ts';

const valuesOf = (text: string) => {
  const { entries, problems } = parseDotenv(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
};

const KEY = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/);
/** No environment variable can hold a null character. */
const VALUE = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-c"'`\\#$\r\n =]{0,12}$/))
  .filter((value) => !value.includes('\0'));

describe('what is read as the dotenv package reads it (not F-95)', () => {
  it.each([
    ['KEY=value', 'value'],
    ['  KEY = value  ', 'value'],
    ['export KEY=value', 'value'],
    ['KEY=', ''],
    ['KEY=""', ''],
    ['KEY=  some value  ', 'some value'],
    ['KEY="  some value  "', '  some value  '],
    ["KEY=' a # b '", ' a # b '],
    ['KEY=`it\'s "quoted"`', 'it\'s "quoted"'],
    ['KEY={"foo": "bar"}', '{"foo": "bar"}'],
    ['KEY=value # comment', 'value'],
    ['KEY= # comment', ''],
    ['KEY="value" # comment', 'value'],
    ['KEY="value"# comment', 'value'],
    ['# comment\n\nKEY=value\n', 'value'],
    ['KEY="a\\nb"', 'a\nb'],
    ["KEY='a\\nb'", 'a\\nb'],
    ['KEY="-----BEGIN K-----\nabc\n-----END K-----"', '-----BEGIN K-----\nabc\n-----END K-----'],
    ['KEY="a\r\nb"\r\nOTHER=c\r\n', 'a\nb'],
    ["KEY=it's", "it's"],
    ['KEY=a=b==', 'a=b=='],
    ['KEY=$HOME and ${HOME}', '$HOME and ${HOME}'],
    ['KEY=C:\\new', 'C:\\new'],
  ])('%j', (text, value) => {
    expect(valuesOf(text).KEY).toBe(value);
    expect(parseWithPackage(text).KEY).toBe(value);
  });

  it('a byte order mark is none of the key, which the package takes it for', () => {
    expect(valuesOf('\uFEFFKEY=value')).toEqual({ KEY: 'value' });
  });

  it('whatever is written for tools that know no escape', () => {
    const simple = VALUE.filter((value) => !/[\\\r]/.test(value) && !/["'`]/.test(value));
    fc.assert(
      fc.property(KEY, simple, (key, value) => {
        const line = dotenvLine(key, value);
        expect(parseWithPackage(line)[key]).toBe(value);
        expect(valuesOf(line)[key]).toBe(value);
      }),
    );
  });
});

describe('what is not read, because a part of a secret would be lost or kept by mistake', () => {
  it.each([
    ['KEY=abc#def', { line: 1, key: 'KEY', message: expect.stringContaining('# stands in the value of KEY') }],
    ['KEY=#def', { line: 1, key: 'KEY', message: expect.stringContaining('# stands in the value of KEY') }],
    ['\nKEY="abc', { line: 2, key: 'KEY', message: expect.stringContaining('begins with " and never ends') }],
    ["A=1\nKEY='abc\nB=2", { line: 2, key: 'KEY', message: expect.stringContaining("begins with ' and never ends") }],
    ['KEY="a" b', { line: 1, key: 'KEY', message: expect.stringContaining('after the closing quote') }],
    ["KEY='it\\'s'", { line: 1, key: 'KEY', message: expect.stringContaining('after the closing quote') }],
    ['A=1\nKEY=1\n\nKEY=2', { line: 4, key: 'KEY', message: 'KEY stands in line 2 and in line 4' }],
    ['KEY', { line: 1, message: expect.stringContaining('no KEY=value') }],
    ['KEY: value', { line: 1, message: expect.stringContaining('no KEY=value') }],
    ['1KEY=value', { line: 1, message: expect.stringContaining('no KEY=value') }],
    ['KEY=a\0b', { line: 1, key: 'KEY', message: expect.stringContaining('null character') }],
  ])('%j', (text, problem) => {
    expect(parseDotenv(text).problems).toEqual([expect.objectContaining(problem)]);
  });

  it('a key of several lines without quotes: its last line must not be taken for a variable', () => {
    const text = 'KEY=-----BEGIN K-----\nMIIabc\nlastLine==\n-----END K-----\nOTHER=1\n';
    const { entries, problems } = parseDotenv(text);
    expect(entries).toEqual([{ key: 'OTHER', value: '1', line: 5, quoted: false }]);
    expect(problems).toEqual([expect.objectContaining({ line: 1, key: 'KEY' })]);
    expect(JSON.stringify(problems)).not.toContain('lastLine');
  });

  it('lines are counted through values of several lines', () => {
    expect(parseDotenv('A="1\n2\n3"\n\nB=`4\n5`\nC=6').entries.map(({ key, line }) => [key, line])).toEqual([
      ['A', 1],
      ['B', 5],
      ['C', 7],
    ]);
  });

  it('no message ever holds a value', () => {
    const canary = 'canary4711';
    const broken = [
      `K="${canary}`,
      `K=${canary}#${canary}`,
      `K="a" ${canary}`,
      `${canary} ${canary}`,
      `K='a\0${canary}'`,
    ];
    for (const text of broken) {
      const { problems } = parseDotenv(text);
      expect(problems).not.toEqual([]);
      expect(JSON.stringify(problems)).not.toContain(canary);
    }
  });
});

describe('every text', () => {
  it('that is written is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(KEY, VALUE)), fc.constantFrom('\n', '\r\n'), (pairs, eol) => {
        const wanted = Object.fromEntries(pairs);
        const text = Object.entries(wanted).map(([key, value]) => dotenvLine(key, value));
        // Line breaks inside quotes are those of the file.
        if (eol === '\n') expect(valuesOf(text.join(eol))).toEqual(wanted);
        else expect(Object.keys(valuesOf(text.join(eol)))).toEqual(Object.keys(wanted));
      }),
    );
  });

  it('is answered, with lines that are there', () => {
    const hostile = fc.stringMatching(/^[AB="'`\\#\n\r \t]{0,80}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), hostile), (text) => {
        const { entries, problems } = parseDotenv(text);
        const lines = text.split(/\r\n?|\n/).length;
        for (const { line } of [...entries, ...problems]) expect(line >= 1 && line <= lines).toBe(true);
      }),
    );
  });

  it.each([
    ["KEY='", 200_000],
    ['KEY="\\', 200_000],
    ['#', 1_000_000],
    ['\n', 1_000_000],
    ['A=-----BEGIN \n', 50_000],
    [' ', 1_000_000],
    ['export ', 200_000],
    ['A= #', 200_000],
  ])('is answered in time that grows with its length: %j times %d', (part, times) => {
    const started = process.cpuUsage();
    parseDotenv(part.repeat(times));
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
  });
});
