declare module "class-transformer/cjs/storage.js" {
  /** Where `@Type` keeps what it was told; the package exports it from no typed place. */
  export const defaultMetadataStorage: {
    findTypeMetadata(target: object, property: string): { typeFunction(): unknown } | undefined;
  };
}
