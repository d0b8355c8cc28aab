import type { Blocks } from './blocks.ts';

/** Puts every declared key in the place of `"*": secret.app#*`. What is written by name wins over what comes with the star. */
export function expandSecrets(blocks: Blocks): Blocks {
  const services = Object.entries(blocks.services).map(([name, service]) => {
    const { '*': star, ...named } = service.secrets;
    const secret = star?.endsWith('#*') ? star.slice('secret.'.length, -'#*'.length) : undefined;
    if (secret === undefined) return [name, service];
    const keys = Object.keys(blocks.secrets[secret]?.keys ?? {});
    /* An unknown secret keeps its star, so that the rule about references still sees it. */
    if (!Object.hasOwn(blocks.secrets, secret)) return [name, service];
    const all = Object.fromEntries(keys.map((key) => [key, `secret.${secret}#${key}`]));
    return [name, { ...service, secrets: { ...all, ...named } }];
  });
  return { ...blocks, services: Object.fromEntries(services) };
}
