import * as fc from "fast-check";
import { readMoment } from "./reading.js";

test.each([
  ["2026-11-23 10:00:00+00", "2026-11-23T10:00:00.000Z"],
  ["2026-11-23 10:00:00.5+00", "2026-11-23T10:00:00.500Z"],
  ["2026-11-23 10:00:00.123+00", "2026-11-23T10:00:00.123Z"],
  ["2026-11-23 13:00:00+03", "2026-11-23T10:00:00.000Z"],
])("%s is read as %s", (written, read) => expect(readMoment(written)).toBe(read));

test("any moment is read as it was told", () =>
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date("1900-01-01"), max: new Date("2999-12-31") }), (moment) => {
      const told = moment.toISOString();
      const fraction = told.slice(19, -1).replace(/\.?0+$/, "");
      const written = `${told.slice(0, 10)} ${told.slice(11, 19)}${fraction}+00`;
      expect(readMoment(written)).toBe(told);
    }),
  ));
