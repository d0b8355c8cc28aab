import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { collectImages } from './image-option.ts';

const EXAMPLES = `
Examples:
  $ platform image init --env prod
  $ platform image push --env prod
  $ platform image check --env prod`;
const BUILD_EXAMPLES = `
Examples:
  $ platform image build web
  $ platform image build --no-cache`;
const PUSH_EXAMPLES = `
Examples:
  $ platform image push --env prod
  $ platform image push web --env prod --cache-from type=gha --cache-to type=gha,mode=max
  $ platform image push web --env prod --tag v1.4.0`;
const LIST_EXAMPLES = `
Examples:
  $ platform image list --env prod
  $ platform image list web --env prod --limit 5 --json`;
const CHECK_EXAMPLES = `
Examples:
  $ platform image check --env prod
  $ platform image check --env prod --image web=v1.4.0 --json`;
const INIT_EXAMPLES = `
Examples:
  $ platform image init --env prod
  $ platform image init --env prod --dry-run`;

interface BuildFlags {
  tag?: string;
  cacheFrom?: string[];
  cacheTo?: string[];
  cache: boolean;
  rebuild?: boolean;
}

export function imageCommand(context: Context): Command {
  return new Command('image')
    .summary('build, push and look at the images that services run')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      builder('build', 'build on this machine and push nothing; no account is needed', BUILD_EXAMPLES).action(
        async (names: string[], flags: BuildFlags) => {
          const { imageBuild } = await import('../operations/images/image-build.ts');
          const { madeText } = await import('../operations/images/image-text.ts');
          const outcome = await imageBuild(context, inputOf(names, flags));
          context.reporter.result(madeText(outcome), outcome);
        },
      ),
    )
    .addCommand(
      builder('push', 'build what the registry does not have yet, and push it', PUSH_EXAMPLES)
        .option('--rebuild', 'build and push also what is there already')
        .action(async (names: string[], flags: BuildFlags) => {
          const { imagePush } = await import('../operations/images/image-push.ts');
          const { madeText } = await import('../operations/images/image-text.ts');
          const outcome = await imagePush(await sound(context), inputOf(names, flags));
          context.reporter.result(madeText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('list')
        .summary('show the images of the repositories, the newest first')
        .argument('[service...]', 'services to show; absent: all')
        .option('--limit <number>', 'images per service', limit, 10)
        .addHelpText('after', LIST_EXAMPLES)
        .action(async (names: string[], flags: { limit: number }) => {
          const { imageList } = await import('../operations/images/image-list.ts');
          const { listText } = await import('../operations/images/image-text.ts');
          const session = await context.open();
          const outcome = await imageList(session, { names, limit: flags.limit });
          context.reporter.result(listText(outcome, environmentFlags(session.environment)), outcome);
        }),
    )
    .addCommand(
      new Command('check')
        .summary('read from the registry whether tasks could start with what a deployment would run')
        .argument('[service...]', 'services to check; absent: all')
        .option('--image <service=tag>', 'image to check: a tag or sha256:<digest>; repeatable', collectImages)
        .addHelpText('after', CHECK_EXAMPLES)
        .action(async (names: string[], flags: { image?: Record<string, string> }) => {
          const { imageCheck, imagesUnfit } = await import('../operations/images/image-check.ts');
          const { checkText } = await import('../operations/images/image-text.ts');
          const outcome = await imageCheck(await context.open(), { names, images: flags.image ?? {} });
          context.reporter.result(checkText(outcome), outcome);
          const errors = outcome.images.flatMap(({ findings }) => findings.filter((one) => one.severity === 'error'));
          if (errors.length > 0) throw imagesUnfit(errors.length);
        }),
    )
    .addCommand(
      new Command('init')
        .summary('make the image repositories alone, so that images can be pushed before the first deployment')
        .addHelpText('after', INIT_EXAMPLES)
        .action(async () => {
          const { initImages } = await import('../operations/images/init-images.ts');
          const { initText } = await import('../operations/images/image-text.ts');
          const outcome = await initImages(await sound(context));
          context.reporter.result(initText(outcome), outcome);
        }),
    );
}

const builder = (name: string, summary: string, examples: string): Command =>
  new Command(name)
    .summary(summary)
    .argument('[service...]', 'services to build; absent: all')
    .option('--tag <tag>', 'tag instead of the commit; for one service', tag)
    .option('--cache-from <source>', 'where the engine looks for layers; repeatable', collect)
    .option('--cache-to <target>', 'where the engine puts layers; repeatable', collect)
    .option('--no-cache', 'build every step anew')
    .addHelpText('after', examples);

async function sound(context: Context) {
  const { requireSound } = await import('../config/require-sound.ts');
  requireSound((await context.configured()).environment);
  return context.open();
}

const inputOf = (names: string[], { tag: name, cacheFrom = [], cacheTo = [], cache, rebuild = false }: BuildFlags) => ({
  names,
  options: { cacheFrom, cacheTo, noCache: !cache, rebuild },
  ...(name ? { tag: name } : {}),
});

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function tag(value: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(value))
    throw new InvalidArgumentError('It is up to 128 letters, digits, dots, hyphens and underscores.');
  return value;
}

function limit(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1000)
    throw new InvalidArgumentError('It is a whole number from 1 to 1000.');
  return number;
}
