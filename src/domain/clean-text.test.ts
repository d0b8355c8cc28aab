import { expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

it.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['cursor movements', 'a\u001b[2K\u001b[1Ab', 'ab'],
  ['window titles', '\u001b]0;owned\u0007text', 'text'],
  ['hyperlinks', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['an unfinished string', 'a\u001b]0;never ended', 'a'],
  ['eight-bit introducers', 'a\u009b31mb\u009d0;t\u009cc', 'abc'],
  ['device control strings', '\u001bP+q544e\u001b\\x', 'x'],
  ['carriage returns that overwrite', 'error\rok', 'errorok'],
  ['backspaces and bells', 'a\u0008\u0007b', 'ab'],
  ['right-to-left overrides', 'gpj\u202eexe', 'gpjexe'],
  ['a lone escape', 'end\u001b', 'end'],
])('takes away %s', (_, hostile, clean) => {
  expect(cleanText(hostile)).toBe(clean);
});

it('keeps lines, tabs and letters of every script', () => {
  expect(cleanText('a\tb\nc\r\nß 日本 🙂')).toBe('a\tb\nc\nß 日本 🙂');
});
