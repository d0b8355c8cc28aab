import { describe, expect, it } from 'vitest';
import { JsonReporter } from './json-reporter.ts';
import { cut, LiveRegion } from './live-region.ts';
import { PlainReporter } from './plain-reporter.ts';
import { PLAIN, wantsColour } from './style.ts';
import type { Sink } from './surroundings.ts';
import { TerminalReporter } from './terminal-reporter.ts';

/** A terminal that understands what the live region writes; it wraps long lines and keeps what scrolled. */
class Screen implements Sink {
  readonly isTerminal = true;
  width: number;
  lines: string[] = [''];
  constructor(width: number) {
    this.width = width;
  }
  columns = () => this.width;
  rows = () => 20;

  write(text: string): void {
    for (const [token] of text.matchAll(/\u001b\[\??\d*[A-Za-z]|[\s\S]/gu)) this.#apply(token);
  }

  #apply(token: string): void {
    const up = /^\u001b\[(\d+)A$/.exec(token);
    if (up) {
      const gone = this.lines.splice(this.lines.length - 1 - Number(up[1]));
      this.lines.push(gone[0] ?? '');
    } else if (token === '\r') return;
    else if (token === '\u001b[J') this.lines[this.lines.length - 1] = '';
    else if (token.startsWith('\u001b')) return;
    else if (token === '\n') this.lines.push('');
    else if (this.lines.at(-1)!.length === this.width) this.lines.push(token);
    else this.lines[this.lines.length - 1] += token;
  }

  /** The window becomes narrower: the terminal wraps what stands there. */
  resize(width: number): void {
    this.width = width;
    this.lines = this.lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
  }
}

const buffer = (): Sink & { text: string } => ({
  text: '',
  isTerminal: false,
  columns: () => 80,
  rows: () => 24,
  write(text) {
    this.text += text;
  },
});
const streams = () => ({ stdout: buffer(), stderr: buffer() });
const quiet = { debug: false, dryRun: false };

describe('plain lines', () => {
  it('print a detail only when it changed, and the answer alone on stdout', async () => {
    const sinks = streams();
    const reporter = new PlainReporter(sinks, quiet);
    await reporter.step('Redeploying shop', async (update) => {
      for (const detail of ['1/2 tasks running', '1/2 tasks running', '2/2 tasks running']) update(detail);
    });
    reporter.result('done', {});
    expect(sinks.stderr.text).toBe('- Redeploying shop\n  1/2 tasks running\n  2/2 tasks running\n');
    expect(sinks.stdout.text).toBe('done\n');
  });

  it('pass on nothing that commands a terminal', () => {
    const sinks = streams();
    const reporter = new PlainReporter(sinks, { debug: true, dryRun: false });
    for (const say of ['note', 'warn', 'debug'] as const) reporter[say]('a\u001b]0;owned\u0007b');
    reporter.result('c\u001b[2Jd', {});
    expect(sinks.stderr.text + sinks.stdout.text).not.toMatch(/\u001b|\u0007/);
  });

  it('say of a dry run that it is one', () => {
    const sinks = streams();
    new PlainReporter(sinks, { debug: false, dryRun: true }).note('would write');
    expect(sinks.stderr.text).toBe('dry run: would write\n');
  });
});

describe('--json', () => {
  it('is exactly one document on stdout', async () => {
    const sinks = streams();
    const reporter = new JsonReporter(sinks, quiet);
    await reporter.step('Working', async () => reporter.note('note'));
    reporter.result('text', { a: 1 });
    reporter.finish();
    expect(JSON.parse(sinks.stdout.text)).toEqual({ a: 1 });
    expect(sinks.stderr.text).toBe('- Working\nnote\n');
  });

  it('holds a failure after a result in the same document', () => {
    const sinks = streams();
    const reporter = new JsonReporter(sinks, quiet);
    reporter.result('', { problems: [1] });
    reporter.finish({ id: 'x' });
    expect(JSON.parse(sinks.stdout.text)).toEqual({ problems: [1], error: { id: 'x' } });
  });
});

describe('a terminal', () => {
  it('ends with one line per step, whatever was drawn meanwhile', async () => {
    const screen = new Screen(60);
    const reporter = new TerminalReporter({ stdout: buffer(), stderr: screen }, { ...quiet, style: PLAIN });
    await reporter.step('Planning', async (update) => {
      update('looking');
      reporter.note('a note between');
    });
    await expect(
      reporter.step('Acting', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(screen.lines).toEqual(['a note between', '✔ Planning  looking', '✖ Acting', '']);
  });

  it('leaves the rows that count when a tree is done, with what failed below them', async () => {
    const screen = new Screen(60);
    const reporter = new TerminalReporter({ stdout: buffer(), stderr: screen }, { ...quiet, style: PLAIN });
    await reporter.tree('Deploying dev', async (tree) => {
      tree.row('network', { title: 'network', state: 'running' });
      tree.row('vpc', { title: 'VPC', state: 'done', parent: 'network' });
      tree.row('nat', { title: 'NAT gateway', state: 'failed', detail: 'no address', parent: 'network' });
      tree.row('network', { title: 'network', state: 'failed' });
    });
    expect(screen.lines).toEqual(['✖ Deploying dev', '  ✖ network', '    ✖ NAT gateway  no address', '']);
  });

  it('leaks nothing when the window becomes narrower while it draws', () => {
    const screen = new Screen(40);
    let lines = ['a line that is nearly forty wide, yes it', 'second'];
    const region = new LiveRegion(screen, () => lines);
    screen.write('before\n');
    region.start();
    screen.resize(17);
    region.draw();
    lines = ['short'];
    region.draw();
    region.stop();
    expect(screen.lines).toEqual(['before', '']);
  });

  it.each([
    ['wide letters', '日本語のテキスト', 7, '日本語…'],
    ['styles, which take no room', '\u001b[31mred text\u001b[39m', 5, '\u001b[31mred \u001b[39m…'],
    ['what fits', 'fits', 4, 'fits'],
  ])('cuts %s to the width', (_, line, width, expected) => {
    expect(cut(line, width)).toBe(expected);
  });
});

it.each([
  [{}, { isTerminal: true, noColor: false }, true],
  [{ NO_COLOR: '1' }, { isTerminal: true, noColor: false }, false],
  [{ NO_COLOR: '' }, { isTerminal: true, noColor: false }, true],
  [{ TERM: 'dumb' }, { isTerminal: true, noColor: false }, false],
  [{ FORCE_COLOR: '1' }, { isTerminal: false, noColor: false }, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, { isTerminal: true, noColor: false }, false],
  [{}, { isTerminal: true, noColor: true }, false],
  [{}, { isTerminal: false, noColor: false }, false],
])('colour with %o and %o: %s', (variables, options, wanted) => {
  expect(wantsColour(variables, options)).toBe(wanted);
});
