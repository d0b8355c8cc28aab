import { join } from 'node:path';
import type { Session } from '../../context.ts';
import { examineImage } from '../../diagnosis/collect/examine-image.ts';
import { type EngineTrouble, tellingLine, troubleIn } from '../../domain/engine-trouble.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { platformOf } from '../../domain/image-facts.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { RegistryLogin } from '../../process/container-engine.ts';
import { registryHost } from './find-images.ts';
import type { MakeInput, MakePowers } from './make-input.ts';
import type { PlannedBuild } from './planned-build.ts';
import { addTags, provideByContent, tagImmutable } from './provide-by-content.ts';
import type { PushedImage } from './pushed-image.ts';
import { requireEngine } from './require-engine.ts';

export interface Registry {
  push(build: PlannedBuild): Promise<PushedImage>;
  /** What an engine has to call an image so that it goes here. */
  reference(build: PlannedBuild): string;
  close(): Promise<void>;
}

/** The account's registry. Logged in with at the first push, and forgotten at the end. */
export async function openRegistry(
  session: MakePowers,
  { run, tree, options }: Pick<MakeInput, 'run' | 'tree' | 'options'>,
): Promise<Registry> {
  const { aws, target } = session;
  const { endpoint } = await aws.ecr.authorization();
  // AWS gives a scheme; not every emulator does.
  const url = new URL(/^https?:/.test(endpoint) ? endpoint : `https://${endpoint}`);
  const place = { host: url.host, insecure: url.protocol === 'http:' };
  let login: RegistryLogin | undefined;
  const reference = ({ repository, tag }: PlannedBuild) => `${place.host}/${repository}:${tag}`;

  const logIn = async (): Promise<RegistryLogin> => {
    await login?.close();
    const engine = await requireEngine(session);
    const fresh = await engine.login(place, (await aws.ecr.authorization()).password);
    login = fresh.login;
    if (!fresh.answer.ok) throw pushFailed(session, `a login with ${place.host}`, fresh.answer.lines);
    return login;
  };

  const push = async (build: PlannedBuild): Promise<PushedImage> => {
    const { component, architecture, repository } = build;
    const row = { id: `image-${component}`, title: `image ${component}` };
    const logFile = join(session.workDirectory, 'runs', run, `push-${component}.log`);
    const image = { reference: reference(build), platform: `linux/${architecture}` as const };
    const listening = {
      logFile,
      onLine: (detail: string) => tree.row(row.id, { title: row.title, state: 'running', detail }),
    };
    tree.row(row.id, { title: row.title, state: 'running', detail: `pushing to ${repository}` });
    let answer = await (login ?? (await logIn())).push(image, listening);
    // A login ends after twelve hours, and a long build may outlast the rest of them (F-38).
    if (!answer.ok && troubleIn(answer.lines)?.kind === 'login') answer = await (await logIn()).push(image, listening);
    if (!answer.ok && !options.rebuild && troubleIn(answer.lines)?.kind === 'immutable') {
      // Somebody was quicker with the same sources: what they pushed under this name is as good.
      const [there] = await provideByContent(session, [build], { write: true });
      if (there) {
        tree.row(row.id, { title: row.title, state: 'done', detail: there.digest.slice(0, 19) });
        return there;
      }
    }
    if (!answer.ok) {
      tree.row(row.id, { title: row.title, state: 'failed' });
      throw pushFailed(session, `the image of ${component} as ${build.tag} in ${repository}`, answer.lines);
    }
    const pushed = await pushedImage(session, build);
    if (!pushed) throw notArrived(component, reference(build));
    if (pushed.platform !== image.platform) throw wrongPlatform(pushed, image.platform);
    await addTags(session, build, { imageDigest: pushed.digest, imageTags: [build.tag] });
    tree.row(row.id, { title: row.title, state: 'done', detail: pushed.digest.slice(0, 19) });
    return pushed;
  };

  return {
    reference,
    push,
    close: async () => login?.close(),
  };

  async function pushedImage(powers: Pick<Session, 'aws'>, build: PlannedBuild): Promise<PushedImage | undefined> {
    const { component, repository, tag, architecture } = build;
    const platform = `linux/${architecture}`;
    const facts = await examineImage(powers, { repository, reference: { tag }, platform });
    if (!facts) return undefined;
    return {
      component,
      repository,
      tag,
      digest: facts.digest,
      platform: facts.platforms.includes(platform) ? platform : (facts.platforms[0] ?? platformOf({})),
      image: `${registryHost(target)}/${repository}@${facts.digest}`,
      reused: false,
    };
  }
}

function pushFailed({ environment }: MakePowers, what: string, lines: readonly string[]): PlatformError {
  const trouble: EngineTrouble | undefined = troubleIn(lines);
  if (trouble?.kind === 'immutable') return tagImmutable(what);
  const pretend = environment.sandboxed ? '; PLATFORM_CONTAINER_ENGINE=none goes on without building' : '';
  return new PlatformError({
    id: 'image-push-failed',
    kind: 'failed',
    message: `The registry did not take ${what}: ${tellingLine(lines)}${trouble?.failure ? ` (${trouble.failure})` : ''}`,
    remedy: `${trouble?.remedy ?? `platform image push ${environmentFlags(environment)} tries again`}${pretend}`,
  });
}

const notArrived = (component: string, reference: string) =>
  new PlatformError({
    id: 'image-not-arrived',
    kind: 'failed',
    message: `The engine says that it pushed ${reference}, but ECR does not have the image of ${component}`,
    remedy: 'run it again; platform image list shows what the repository holds',
  });

const wrongPlatform = ({ component, platform }: PushedImage, wanted: string) =>
  new PlatformError({
    id: 'image-built-for-another',
    kind: 'failed',
    message: `The image of ${component} was built for ${platform} although ${wanted} was asked for (F-35)`,
    remedy: `take --platform out of the FROM lines of its Dockerfile, or name ${wanted} there`,
  });
