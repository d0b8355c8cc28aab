/**
 * The actions that our workflows use, by the commit that the tag in the comment stood for on 2026-11-30: a tag can be
 * moved to other code, a commit cannot.
 * https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
export const PINNED_ACTIONS = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  setupNode: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  configureCredentials: 'aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3',
  uploadArtifact: 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  downloadArtifact: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
} as const;

/** What pipelines run everything with: one version, the same tomorrow. */
export const PIPELINE_NODE = '24.21.0';
