/** Properties of one resource that are not as its construct has them. */
interface OverrideSettings {
  /** By path: `DeploymentConfiguration.MaximumPercent`. */
  properties: Readonly<Record<string, unknown>>;
  remove: readonly string[];
}

/** By the address of the construct, `service-web/Run/Service`. */
export type Overrides = Readonly<Record<string, OverrideSettings>>;
