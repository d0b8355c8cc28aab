/** Words as one text that a shell, or whoever splits text as shells do, takes apart into the same words again. */
export const shellText = (words: readonly string[]): string =>
  words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
