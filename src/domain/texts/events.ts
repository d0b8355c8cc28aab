import type { TextRule } from './text-rule.ts';

/** Queues, functions, APIs, rollouts of functions. */
export const EVENT_TEXTS: readonly TextRule[] = [
  { id: 'F-102', when: /Sandbox\.Timedout|Task timed out after [\d.]+ seconds/ },
  { id: 'F-96', when: /QueueDeletedRecently|You must wait 60 seconds after deleting a queue/i },
  {
    id: 'F-97',
    when: /visibility timeout: (?<visibility>\d+) seconds is less than Function timeout: (?<timeout>\d+)/i,
  },
  { id: 'F-100', when: /UnreservedConcurrentExecution[s]? below its minimum value/ },
  { id: 'F-101', when: /does not have permissions to call CreateNetworkInterface/ },
  {
    id: 'F-103',
    when: /Query engine library for current platform|Could not load the "sharp" module|invalid ELF header|ENOENT[^\n]{0,120}\.(?:wasm|node)\b/,
    as: 'native-file',
  },
  {
    id: 'F-103',
    when: /Query engine library for current platform|PrismaClientInitializationError.*engine|invalid ELF header|wrong ELF class/i,
    in: ['last-line'],
    as: 'native-file',
  },
  { id: 'F-103', when: /Cannot find module ['"](?<module>[^'"]+)['"]/, as: 'no-module' },
  {
    id: 'F-103',
    when: /Cannot find package ['"](?<module>[^'"]+)['"]|ModuleNotFoundError: No module named ['"](?<python>[^'"]+)['"]/,
    in: ['last-line'],
    as: 'no-module',
  },
  { id: 'F-103', when: /Cannot find module|ERR_MODULE_NOT_FOUND|Runtime\.ImportModuleError/ },
  { id: 'F-104', when: /runtime parameter of (?<runtime>[\w.]+) is no longer supported/ },
  { id: 'F-106', when: /FailedInvocations/ },
  {
    id: 'F-107',
    // Stopped by a person, or failed by itself, is something else.
    when: /CodeDeploy[\s\S]{0,400}\balarms?\b|The deployment failed because[^\n]{0,80}alarm|deployment was stopped because of an? (?:associated )?alarm|alarms have been activated[^\n]{0,200}deployments have been stopped/i,
  },
  { id: 'F-122', when: /CloudWatch Logs role ARN must be set in account settings/ },
  { id: 'F-123', when: /AuthorizerConfigurationException/ },
];
