import * as fc from "fast-check";
import { createCipheriv, createHmac } from "node:crypto";
import { classKey, openBox, sealBox } from "./box.js";
import { SealMalformed, SealTampered } from "./errors.js";
import type { BoxPlace } from "./sealed.js";

const subjectKey = Buffer.alloc(32, 7);
const identity = classKey(subjectKey, "identity");
const place: BoxPlace = {
  stream: "case-6f1d2c3b-0000-4000-8000-000000000001",
  event: "6f1d2c3b-0000-4000-8000-00000000000e",
  type: "ContactDetailsRecorded",
  class: "identity",
  subject: "6f1d2c3b-0000-4000-8000-00000000000a",
};
const personal = { name: "Example Person" };

describe("known answers", () => {
  const hmac = (key: Buffer, ...parts: (string | Buffer)[]) =>
    parts.reduce((mac, part) => mac.update(part), createHmac("sha256", key)).digest();

  test("a class key follows RFC 5869, step by step", () => {
    const extracted = hmac(Buffer.alloc(32), subjectKey);
    const first = hmac(extracted, "identity", Buffer.of(1));
    const second = hmac(extracted, first, "identity", Buffer.of(2));
    expect(identity.key.export().equals(first)).toBe(true);
    expect(identity.id).toBe(second.toString("base64url", 0, 6));
  });

  test("a box holds exactly these bytes", () => {
    const nonce = Buffer.from("000102030405060708090a0b", "hex");
    const encrypt = createCipheriv("aes-256-gcm", identity.key, nonce);
    encrypt.setAAD(
      Buffer.from(`["v1.${identity.id}","${place.stream}","${place.event}","ContactDetailsRecorded","identity","${place.subject}"]`),
    );
    const ciphertext = encrypt.update('{"name":"Example Person"}'.padEnd(64), "utf8");
    encrypt.final();
    const expected = `v1.${identity.id}.${Buffer.concat([nonce, ciphertext, encrypt.getAuthTag()]).toString("base64url")}`;
    expect(sealBox(identity, place, personal, nonce)).toBe(expected);
    expect(expected).toBe(
      "v1.IAdMVNF_.AAECAwQFBgcICQoLQ8gynMjFmWvwK0NC0vGwcsG4r6wo2EtlYPXcw2_4_C4OHfxdpIZMcBX8wKipqvY-1SLZD7wN9WPoB9lJVwbfpOBWEzD2rCDclVV9Opjeu5A",
    );
  });
});

const jsonObject = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());

test("whatever JSON object is sealed comes out again", () =>
  fc.assert(
    fc.property(jsonObject, (value) => {
      expect(openBox(identity, place, sealBox(identity, place, value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  ));

test("any change of a single character is noticed", () => {
  const sealed = sealBox(identity, place, personal);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=".split("");
  for (let at = 0; at < sealed.length; at++)
    fc.assert(
      fc.property(fc.constantFrom(...alphabet.filter((letter) => letter !== sealed[at])), (other) => {
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        expect(() => openBox(identity, place, changed)).toThrow(/changed since|another key|not a sealed box/);
      }),
      { numRuns: 4 },
    );
});

test("any flipped bit of nonce, ciphertext or tag is tampering", () => {
  const [version, id, body] = sealBox(identity, place, personal).split(".");
  const length = Buffer.from(body!, "base64url").length;
  for (let bit = 0; bit < length * 8; bit++) {
    const box = Buffer.from(body!, "base64url");
    box[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => openBox(identity, place, [version, id, box.toString("base64url")].join("."))).toThrow(SealTampered);
  }
});

test.each(["stream", "event", "type", "class", "subject"] as const)("a sealed name that is moved to another %s does not open", (where) =>
  fc.assert(
    fc.property(fc.string(), (elsewhere) => {
      fc.pre(elsewhere !== place[where]);
      const sealed = sealBox(identity, place, personal);
      expect(() => openBox(identity, { ...place, [where]: elsewhere }, sealed)).toThrow(SealTampered);
    }),
  ),
);

test("no text can be pushed from one part of the place into the next", () =>
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (stream, event, moved) => {
      const sealed = sealBox(identity, { ...place, stream: stream + moved, event }, personal);
      expect(() => openBox(identity, { ...place, stream, event: moved + event }, sealed)).toThrow(SealTampered);
    }),
  ));

test("another person's key, or another class of the same person, does not open a box", () => {
  const sealed = sealBox(identity, place, personal);
  expect(() => openBox(classKey(Buffer.alloc(32, 8), "identity"), place, sealed)).toThrow(SealTampered);
  expect(() => openBox(classKey(subjectKey, "health"), { ...place, class: "health" }, sealed)).toThrow(SealTampered);
});

test("the same content is never sealed twice into the same box", () => {
  const boxes = new Set(Array.from({ length: 2000 }, () => sealBox(identity, place, personal)));
  const nonces = new Set([...boxes].map((box) => box.split(".")[2]!.slice(0, 16)));
  expect([boxes.size, nonces.size]).toEqual([2000, 2000]);
});

test("a positive and a negative result make boxes of one length", () => {
  const length = (result: string) => sealBox(identity, place, { result }).length;
  expect(length("positive")).toBe(length("negative to all of it"));
});

test.each(["", "v1", "v2.AAAAAAAA.AAAA", "v1.AAAAAAAA.", "v1.AAAAAAAA.AAAA", "Example Person"])("%j is no box", (text) => {
  expect(() => openBox(identity, place, text)).toThrow(SealMalformed);
});
