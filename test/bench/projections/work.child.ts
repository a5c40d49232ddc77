import "reflect-metadata";
import { once } from "node:events";
import { EventLog } from "#store/event-log.js";
import { markerOf } from "./marker.js";
import { drain, drainFollowed, foldAnew, followLive, saveEach } from "./works.js";
import { emmett } from "./emmett.js";

const works = { drain, drainFollowed, foldAnew, followLive, saveEach, emmett };
const verified = process.argv[3] === "verified";
const log = new EventLog(process.env["EVENTSTORE_URL"]!, verified ? { marker: markerOf(process.env["MARK_KEY"]!) } : {});
const work = works[process.argv[2] as keyof typeof works];
process.send!(await work(log, process.env["DATABASE_URL"]!));
// What it took of memory and processor is read from outside before it goes.
await once(process, "message");
process.exit(0);
