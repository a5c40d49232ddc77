import "reflect-metadata";
import { policies, views } from "#domain/domain.js";
import { migrate, readModels } from "#projection/declare/migrations.js";

// Makes the tables of the read models in the database at DATABASE_URL, as a projector does at its first start.

const source = await readModels(process.env["DATABASE_URL"]!, views).initialize();
await migrate(source, views, Number(process.env["PARTITIONS"]), policies);
await source.destroy();
process.exit(0);
