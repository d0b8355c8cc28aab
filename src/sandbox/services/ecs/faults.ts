import { AwsFault } from '../../kernel/fault.ts';

/** ECS answers every client error with status 400; sources of the sentences stand in `fidelity/ecs.md`. */
export const invalid = (message: string) => new AwsFault('InvalidParameterException', message);
export const refused = (message: string) => new AwsFault('ClientException', message);

export const clusterNotFound = () => new AwsFault('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = () => new AwsFault('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = () => new AwsFault('ServiceNotActiveException', 'Service was not ACTIVE.');
export const taskNotFound = () => invalid('The referenced task was not found.');
export const taskDefinitionNotFound = () => refused('TaskDefinition not found.');
export const serviceDeploymentNotFound = () =>
  new AwsFault('ServiceDeploymentNotFoundException', 'Service deployment not found.');
