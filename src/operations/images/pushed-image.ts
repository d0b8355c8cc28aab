/** An image that is in the registry. */
export interface PushedImage {
  component: string;
  repository: string;
  tag: string;
  /** As ECR says, never as the engine's output does. */
  digest: string;
  platform: string;
  /** `<registry>/<repository>@sha256:…`, as task definitions name it. */
  image: string;
  /** It was there already. */
  reused: boolean;
}
