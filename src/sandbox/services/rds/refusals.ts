import { AwsFault } from '../../kernel/fault.ts';

export const invalidValue = (message: string) => new AwsFault('InvalidParameterValue', message);

export const invalidCombination = (message: string) => new AwsFault('InvalidParameterCombination', message);

export const missingParameter = (name: string) =>
  new AwsFault('MissingParameter', `The request must contain the parameter ${name}`);

export const clusterMissing = (id: string | undefined) =>
  new AwsFault('DBClusterNotFoundFault', `DBCluster ${id} not found.`, { status: 404 });

export const instanceMissing = (id: string | undefined) =>
  new AwsFault('DBInstanceNotFound', `DBInstance ${id} not found.`, { status: 404 });

export const clusterState = (message: string) => new AwsFault('InvalidDBClusterStateFault', message);

export const instanceState = (message: string) => new AwsFault('InvalidDBInstanceState', message);

export const notSimulated = (what: string) => invalidValue(`The sandbox does not simulate ${what}.`);
