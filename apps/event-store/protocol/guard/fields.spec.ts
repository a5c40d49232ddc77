import fc from "fast-check";
import { streams } from "../generated.js";
import { checkFields, TooManyFields } from "./fields.js";

const events = (count: number) => {
  const request = new streams.BatchAppendReq();
  for (let index = 0; index < count; index++) {
    const message = new streams.BatchAppendReq.ProposedMessage().setData(Buffer.from("{}"));
    message.getMetadataMap().set("type", "Happened").set("content-type", "application/json");
    request.addProposedMessages(message);
  }
  return request.serializeBinary();
};

test("what a client sends passes", () => {
  expect(() => checkFields(events(20_000), 3)).not.toThrow();
  expect(() => checkFields(new Uint8Array(), 3)).not.toThrow();
});

test("a message of nothing but tiny fields is refused, also where they are those of one event", () => {
  expect(() => checkFields(Buffer.alloc(1_000_000, Buffer.from([0x1a, 0x00])), 3)).toThrow(TooManyFields);
  const inner = Buffer.alloc(1_000_000, Buffer.from([0x12, 0x00]));
  const outer = Buffer.concat([Buffer.from([0x1a, 0xc0, 0x84, 0x3d]), inner]);
  expect(() => checkFields(outer, 3)).toThrow(TooManyFields);
  expect(() => checkFields(outer, 4)).not.toThrow();
});

test("whatever the bytes are, it ends", () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      checkFields(bytes, 3);
    }),
  ));
