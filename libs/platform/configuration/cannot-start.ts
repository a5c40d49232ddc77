/** A program cannot start, or go on, until a person does something. The message says what, for that person; no stack is of use. */
export class CannotStart extends Error {
  constructor(
    readonly code:
      | "ConfigurationError"
      | "FolderInUse"
      | "FolderUnusable"
      | "OtherKindOfData"
      | "PortTaken"
      | "PartEnded"
      | "PostgresFailed"
      | "TemplateWrong",
    message: string,
  ) {
    super(message);
  }
}
