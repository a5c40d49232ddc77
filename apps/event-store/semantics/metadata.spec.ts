import { deletion, endOfTime, retentionOf, undeleted } from "./metadata.js";

const of = (text: string) => retentionOf(Buffer.from(text));

test("known keys are read, unknown ones do no harm", () => {
  expect(of('{"$maxCount":3,"$maxAge":60,"$tb":7,"owner":"shelter"}')).toEqual({ maxCount: 3n, maxAge: 60n, truncateBefore: 7n });
});
test("a count or an age of nothing voids that key alone", () => {
  expect(of('{"$maxCount":0,"$maxAge":-1,"$tb":7}')).toEqual({ truncateBefore: 7n });
  expect(of('{"$tb":-1,"$maxCount":2}')).toEqual({ maxCount: 2n });
});
test.each([
  '{"$tb":7,"$maxAge":2.0}',
  '{"$maxCount":"3","$tb":7}',
  '{"$tb":7,"$maxAge":2.5}',
  '{"$tb":7,"$cacheControl":null}',
  '{"$tb":7,"$acl":"all"}',
])("a wrong type voids every key: %s", (text) => expect(of(text)).toEqual({}));
test.each(['{"$tb":7,"$acl":{"$x":"all"}}', '{"$tb":9223372036854775808}', "{", "[]", "null", ""])("%s says nothing", (text) =>
  expect(of(text)).toEqual({}),
);
test("roles are a text or a list of texts", () => expect(of('{"$tb":7,"$acl":{"$r":"a","$w":["b"]}}')).toEqual({ truncateBefore: 7n }));
test("the digits of a deletion are exact, and only these delete", () => {
  expect(retentionOf(deletion).truncateBefore).toBe(endOfTime);
  expect(of('{"$tb":9223372036854775806}').truncateBefore).toBe(endOfTime - 1n);
});
test("a stream that begins again keeps the rest of its metadata", () => {
  expect(undeleted(Buffer.from('{"$maxCount":3,"$tb":1}'), 5n).toString()).toBe('{"$maxCount":3,"$tb":5}');
  expect(undeleted(Buffer.from('{"far":9007199254740993,"half":0.5}'), 5n).toString()).toBe('{"far":9007199254740993,"half":0.5,"$tb":5}');
  expect(undeleted(null, 0n).toString()).toBe('{"$tb":0}');
});
