import type { Connection } from '../aws/connection.ts';
import type { Cdk, Templates } from './cdk.ts';
import { prepareEnvironment } from './process-environment.ts';

export interface CdkOptions {
  /** The process's own variables: toolkit-lib reads its endpoint there. */
  environment: NodeJS.ProcessEnv;
  /** Where toolkit-lib keeps its caches on the sandbox. */
  cdkHome: string;
  debug(text: string): void;
}

export const loadTemplates = (): Templates => ({
  synthesize: async (settings, directory) => (await import('./synthesize.ts')).synthesize(settings, directory),
  validateTemplates: async (stacks) => (await import('./validate-templates.ts')).validateTemplates(stacks),
});

/** Loads aws-cdk-lib when something is synthesized and toolkit-lib when something is deployed: 0.2 s and 0.4 s. */
export function loadCdk(connection: Connection, { environment, cdkHome, debug }: CdkOptions): Cdk {
  return {
    ...loadTemplates(),
    deployStack: async (input) => {
      prepareEnvironment(environment, { ...connection, cdkHome });
      const { deployStack } = await import('./toolkit.ts');
      return deployStack(connection, debug, input);
    },
    bootstrap: async (input) => {
      prepareEnvironment(environment, { ...connection, cdkHome });
      const { bootstrap } = await import('./bootstrap.ts');
      return bootstrap(connection, debug, input);
    },
  };
}
