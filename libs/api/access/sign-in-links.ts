/** One-time links by which people sign in for the first time, or anew. */
export interface SignInLinks {
  /** Does somebody sign in here already? */
  hasAccount(staff: string): Promise<boolean>;
  /** The address of a link that can be used once until then; one that was issued before counts no longer. */
  issue(staff: string, until: Date): Promise<string>;
}
