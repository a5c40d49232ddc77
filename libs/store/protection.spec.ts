import { isProtected, protecting, protectionOf } from "./protection.js";

const [settings, ...metadata] = protectionOf("hifadhi", {});

describe("the protection of the application's streams", () => {
  test("lets its account alone write, and nobody delete or truncate", () =>
    expect(settings).toEqual({
      stream: "$settings",
      type: "update-default-acl",
      body: { $userStreamAcl: { $r: ["hifadhi", "readers"], $w: ["hifadhi"], $d: [], $mr: ["hifadhi", "readers"], $mw: [] } },
    }));
  test("opens the whole log to it and to readers, and the settings to it alone", () =>
    expect(metadata.map(({ stream, body }) => [stream, body])).toEqual([
      ["$$$settings", { $acl: { $r: ["hifadhi"] } }],
      ["$$$all", { $acl: { $r: ["hifadhi", "readers"] } }],
    ]));
  test("keeps what the store says otherwise", () => {
    const $systemStreamAcl = { $r: "$ops" };
    const last = {
      $settings: { $systemStreamAcl, $userStreamAcl: { $r: "$all" } },
      $$$all: { owner: "it", $acl: { $r: "auditor", $w: [] } },
    };
    const bodies = protectionOf("hifadhi", last).map(({ body }) => body);
    expect(bodies[0]).toEqual({ ...settings!.body, $systemStreamAcl });
    expect(bodies[2]).toEqual({ owner: "it", $acl: { $r: ["auditor", "hifadhi", "readers"], $w: [] } });
  });
  test("changes nothing where it is so already", () => {
    const last = Object.fromEntries(protectionOf("hifadhi", {}).map(({ stream, body }) => [stream, body]));
    expect(protectionOf("hifadhi", last).map(({ body }) => body)).toEqual(protecting.map((stream) => last[stream]));
  });
});

test.each<[string, object, boolean]>([
  ["as they are set", settings!.body, true],
  ["that were never set", {}, false],
  ["of another account", { $userStreamAcl: { $w: ["other"], $d: [], $mw: [] } }, false],
  ["that let another account write, too", { $userStreamAcl: { $w: ["hifadhi", "other"], $d: [], $mw: [] } }, false],
  ["that let everybody delete", { $userStreamAcl: { $w: "hifadhi", $mw: [] } }, false],
  ["that let somebody truncate", { $userStreamAcl: { $w: "hifadhi", $d: [], $mw: ["hifadhi"] } }, false],
  ["with the account as a text", { $userStreamAcl: { $w: "hifadhi", $d: [], $mw: [] } }, true],
])("settings %s protect: %#", (_, given, expected) => expect(isProtected("hifadhi", given as never)).toBe(expected));
