import { Writable } from 'node:stream';

/** What a handler that streams has written, with the head that it gave its answer, if it did. */
class CollectedStream extends Writable {
  readonly chunks: Buffer[] = [];
  head: Record<string, unknown> | undefined;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }

  setContentType(type: string): void {
    this.head = { ...this.head, headers: { 'content-type': type } };
  }
}

type Streaming = (event: unknown, stream: CollectedStream, context: unknown) => unknown;

/**
 * The global `awslambda` of the Node.js runtime. What is streamed is collected and given as a whole:
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export const awslambda = {
  streamifyResponse: (handler: Streaming) => async (event: unknown, context: unknown) => {
    const stream = new CollectedStream();
    const ended = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
    await handler(event, stream, context);
    if (!stream.writableEnded) stream.end();
    await ended;
    const body = Buffer.concat(stream.chunks);
    if (!stream.head) return body.toString('utf8');
    return { ...stream.head, body: body.toString('base64'), isBase64Encoded: true };
  },
  HttpResponseStream: {
    from(stream: CollectedStream, head: Record<string, unknown>): CollectedStream {
      stream.head = head;
      return stream;
    },
  },
};
