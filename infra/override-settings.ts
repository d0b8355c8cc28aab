/** Properties of one resource that are not as its construct has them. */
export interface OverrideSettings {
  /** By path: `DeploymentConfiguration.MaximumPercent`. */
  properties: Readonly<Record<string, unknown>>;
  remove: readonly string[];
}
