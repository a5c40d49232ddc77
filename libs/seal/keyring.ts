/** Who ordered it and why: ids of persons and a code, nothing else. Destruction needs two different persons. */
export interface Order {
  readonly reason: string;
  readonly authorisedBy: readonly string[];
}
