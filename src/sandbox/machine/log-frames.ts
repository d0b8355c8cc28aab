import { StringDecoder } from 'node:string_decoder';

/** Frames longer than this are no frames: the stream is not what it was taken for. */
const HEADER_BYTES = 8;

/**
 * Takes the lines out of a container's output as the engine streams it: frames of `[stream, 0, 0, 0, size]` and bytes,
 * in pieces of any length. A line that has not ended yet waits for its rest. With timestamps each line begins with one.
 */
export class LogFrames {
  #rest: Buffer = Buffer.alloc(0);
  readonly #streams = new Map<number, { decoder: StringDecoder; line: string }>();

  push(piece: Buffer): string[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    const lines: string[] = [];
    while (this.#rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.#rest.readUInt32BE(4);
      if (this.#rest.length < end) break;
      lines.push(...this.#take(this.#rest[0]!, this.#rest.subarray(HEADER_BYTES, end)));
      this.#rest = this.#rest.subarray(end);
    }
    return lines;
  }

  /** What was written without a line end. */
  end(): string[] {
    return [...this.#streams.values()].flatMap(({ decoder, line }) => {
      const last = line + decoder.end();
      return last === '' ? [] : [last];
    });
  }

  #take(stream: number, bytes: Buffer): string[] {
    const state = this.#streams.get(stream) ?? { decoder: new StringDecoder('utf8'), line: '' };
    this.#streams.set(stream, state);
    const parts = (state.line + state.decoder.write(bytes)).split('\n');
    state.line = parts.pop()!;
    return parts.map((line) => line.replace(/\r$/, ''));
  }
}
