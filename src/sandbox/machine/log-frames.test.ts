import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogFrames } from './log-frames.ts';

/** `[stream, 0, 0, 0, size]` and bytes: how the engine multiplexes standard output and error. */
function frame(stream: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function chopped(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let rest = bytes;
  for (const size of sizes) {
    pieces.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  return [...pieces, rest];
}

it('finds the same lines however the stream is cut', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', ' '), maxLength: 20 });
  const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), sizes, sizes, (lines, inner, outer) => {
      const text = Buffer.from(lines.map((each) => `${each}\n`).join(''));
      const stream = Buffer.concat(chopped(text, inner).map((piece) => frame(1, piece)));
      const frames = new LogFrames();
      const found = chopped(stream, outer).flatMap((piece) => frames.push(piece));
      expect([...found, ...frames.end()]).toEqual(lines);
    }),
  );
});

it('keeps the lines of both streams apart, and gives the last one without an end', () => {
  const frames = new LogFrames();
  const out = (text: string) => frame(1, Buffer.from(text));
  const err = (text: string) => frame(2, Buffer.from(text));
  expect(frames.push(Buffer.concat([out('one '), err('two '), out('more\r\n'), err('less')]))).toEqual(['one more']);
  expect(frames.end()).toEqual(['two less']);
});
