/** Arrays in the binary form of Postgres: nothing is escaped here, and nothing parsed there. */
const types = { boolean: 16, bytea: 17, bigint: 20, text: 25, uuid: 2950 } as const;
const headerSize = 20;

/** An array with room for its elements, and where the first of them begins. */
function begin(type: keyof typeof types, count: number, size: number): Buffer {
  const array = Buffer.allocUnsafe(count === 0 ? 12 : headerSize + 4 * count + size);
  array.writeInt32BE(count === 0 ? 0 : 1, 0);
  array.writeInt32BE(0, 4);
  array.writeInt32BE(types[type], 8);
  if (count === 0) return array;
  array.writeInt32BE(count, 12);
  array.writeInt32BE(1, 16);
  return array;
}

function ofBytes(type: keyof typeof types, values: readonly Buffer[]): Buffer {
  const array = begin(
    type,
    values.length,
    values.reduce((sum, { length }) => sum + length, 0),
  );
  let at = headerSize;
  for (const value of values) {
    at = array.writeInt32BE(value.length, at);
    at += value.copy(array, at);
  }
  return array;
}

/** `bytea[]` */
export const bytesArray = (values: readonly Buffer[]): Buffer => ofBytes("bytea", values);

/** `text[]` */
export const textArray = (values: readonly string[]): Buffer =>
  ofBytes(
    "text",
    values.map((value) => Buffer.from(value)),
  );

/** `uuid[]` */
export const uuidArray = (values: readonly string[]): Buffer =>
  ofBytes(
    "uuid",
    values.map((value) => Buffer.from(value.replaceAll("-", ""), "hex")),
  );

/** `bigint[]` */
export function bigintArray(values: readonly bigint[]): Buffer {
  const array = begin("bigint", values.length, 8 * values.length);
  let at = headerSize;
  for (const value of values) at = array.writeBigInt64BE(value, array.writeInt32BE(8, at));
  return array;
}

/** `boolean[]` */
export function booleanArray(values: readonly boolean[]): Buffer {
  const array = begin("boolean", values.length, values.length);
  let at = headerSize;
  for (const value of values) at = array.writeUInt8(Number(value), array.writeInt32BE(1, at));
  return array;
}
