import { Module, type DynamicModule } from "@nestjs/common";
import { APP_FILTER } from "@nestjs/core";
import { CommandBus } from "@nestjs/cqrs";
import type { Pool } from "pg";
import type { Alarms } from "#api/history/alarms.js";
import { doorsOf } from "#api/operations/routes.js";
import type { Damage } from "#api/history/damage.js";
import { graphql, type Count } from "#api/graphql/graphql.js";
import type { GraphqlOperations } from "#api/graphql/graphql-operations.js";
import type { LiveStreams } from "#api/live/live-streams.js";
import { ProblemFilter } from "#api/operations/problems.js";
import { Rows } from "#api/reads/rows.js";
import { importOperations } from "#imports/imports.api.js";
import { denialOperations } from "#api/history/denials.js";
import { projectionOperations } from "#api/projections/projections.js";
import { ApiServices } from "#api/operations/services.js";
import { vocabulariesOf } from "#api/reads/vocabularies.js";
import { caseOperations } from "#cases/cases.api.js";
import { caseVocabularies } from "#cases/labels.js";
import type { Slots } from "#platform/http/slots.js";
import type { Progress } from "#projection/read/progress.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import type { Seal } from "#seal/seal.js";
import { shelterVocabularies } from "#shelters/labels.js";
import { shelterOperations } from "#shelters/shelters.api.js";
import { Changes } from "#store/changes.js";
import type { EventLog } from "#store/event-log.js";
import { StoreModule } from "#store/store.module.js";

/** What the api is built on, opened before it. */
export interface Foundations {
  readonly log: EventLog;
  readonly seal: Seal;
  readonly reading: Pool;
  readonly progress: Progress;
  readonly live: LiveStreams;
  readonly workshop: Workshop;
  readonly damage: Damage;
  readonly waiting: Slots;
  /** Where days are counted. */
  readonly zone: string;
  /** How many days back anybody may tell of. */
  readonly lateEntryDays: number;
  /** Counts what a GraphQL query asks for, for whoever asks. */
  readonly count: Count;
  readonly alarms: Alarms;
  /** Where they are listed, GraphQL answers no other. */
  readonly operations: GraphqlOperations | undefined;
}

@Module({})
export class ApiModule {
  static with({
    log,
    seal,
    reading,
    progress,
    live,
    workshop,
    damage,
    waiting,
    alarms,
    operations,
    count,
    zone,
    lateEntryDays,
  }: Foundations): DynamicModule {
    const ofPeople = [...caseOperations, ...shelterOperations];
    const { controllers, resolvers } = doorsOf([
      ...ofPeople,
      ...denialOperations,
      ...projectionOperations,
      ...importOperations(ofPeople),
      vocabulariesOf({ ...caseVocabularies, ...shelterVocabularies }, ofPeople),
    ]);
    const services = {
      provide: ApiServices,
      inject: [CommandBus, Changes],
      useFactory: (commands: CommandBus, changes: Changes) =>
        new ApiServices(
          commands,
          changes,
          log,
          reading,
          new Rows(reading),
          seal,
          progress,
          live,
          workshop,
          damage,
          waiting,
          alarms,
          lateEntryDays,
        ),
    };
    return {
      module: ApiModule,
      imports: [StoreModule.with(log, seal, { zone }), graphql(operations, count)],
      controllers,
      providers: [...resolvers, services, { provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}
