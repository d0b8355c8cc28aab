import type { Sink, Surroundings } from './surroundings.ts';

export function processSurroundings(): Surroundings {
  // A reader that has gone (`platform events | head`) is no error of ours: what is left to say has nobody to hear it.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(process.exitCode);
    });
  }
  return {
    variables: { ...process.env },
    directory: process.cwd(),
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    stdinIsTerminal: process.stdin.isTTY === true,
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
    onCrash: (listener) => void process.on('uncaughtException', listener),
    leave: (exitCode) => process.exit(exitCode),
  };
}

const sinkOf = (stream: NodeJS.WriteStream): Sink => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY === true,
  columns: () => stream.columns || 80,
  rows: () => stream.rows || 24,
});
