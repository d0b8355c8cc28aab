import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { stopServer } from '../project/sandbox-server.ts';
import { chooseLocal } from './choose-local.ts';
import { openCompose } from './compose.ts';
import { localPlan } from './local-plan.ts';

/** The contract of `local down --json`. */
export interface LocalDownOutcome {
  environment: string;
  /** Containers that were taken away; false: there were none. */
  containers: boolean;
  /** The data of databases in containers went too. */
  volumes: boolean;
  /** The project's sandbox was ended; its state stays. */
  sandbox: boolean;
  dryRun: boolean;
}

/** Takes away what `local up` started. Data stays, unless `volumes` says otherwise and somebody agrees. */
export async function localDown(context: Context, { volumes }: { volumes: boolean }): Promise<LocalDownOutcome> {
  const { flags, prompter, reporter } = context;
  const { project, environment } = await chooseLocal(context);
  const plan = localPlan(project, environment);
  const written = existsSync(plan.file);
  const compose = written ? await openCompose(context, plan) : undefined;
  const there = compose ? (await compose.containers()).length > 0 : false;
  const ownSandbox = environment.emulator === 'sandbox' && environment.endpoint === undefined;
  if (volumes && written)
    await prompter.ask({
      text: `Delete the data of the databases of ${environment.name} in containers of this machine?`,
    });
  const common = { environment: environment.name, dryRun: flags.dryRun };
  if (flags.dryRun) {
    reporter.note(`would take away ${there ? 'the containers' : 'no container'}${volumes ? ' and their data' : ''}`);
    return { ...common, containers: there, volumes: volumes && written, sandbox: false };
  }
  if (compose)
    await reporter.step('Taking the containers away', () =>
      compose.run(['down', '--remove-orphans', ...(volumes ? ['--volumes'] : [])]),
    );
  const stopped = ownSandbox && (await stopServer(join(project.root, '.platform', 'sandbox')));
  return { ...common, containers: there, volumes: volumes && written, sandbox: stopped };
}
