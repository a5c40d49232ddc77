import { Transform } from "class-transformer";
import { IsOptional } from "class-validator";

/** May be left out. `null`, as GraphQL clients send it, says the same and never reaches a rule. */
export const Optional = (): PropertyDecorator => (target, property) => {
  Transform(({ value }: { value: unknown }) => value ?? undefined)(target, property);
  IsOptional()(target, property as string);
};
