interface Version {
  readonly VersionStages?: readonly string[];
  readonly CreatedDate?: Date;
}

/**
 * When a secret's value became what it is, from its versions and its LastChangedDate. Mostly the date of its current
 * version. Where stages were moved back to an older one no version says when, and the secret's own date stands in for
 * it: that moves with tags and descriptions too, so it can be too late and never too early. Undefined without a value.
 */
export function secretChangedAt(versions: readonly Version[], lastChanged: Date | undefined): Date | undefined {
  const current = versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'))?.CreatedDate;
  if (current === undefined) return undefined;
  const isNewest = versions
    // A pending one was never given to anybody.
    .filter(({ VersionStages = [] }) => VersionStages.join() !== 'AWSPENDING')
    .every(({ CreatedDate }) => CreatedDate === undefined || CreatedDate <= current);
  return isNewest ? current : (lastChanged ?? current);
}
