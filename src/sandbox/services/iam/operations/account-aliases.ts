/** Nobody can give the account one here. */
export const listAccountAliases = () => ({ AccountAliases: [], IsTruncated: false });
