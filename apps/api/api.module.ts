import { Module, type DynamicModule } from "@nestjs/common";
import { APP_FILTER } from "@nestjs/core";
import { CommandBus } from "@nestjs/cqrs";
import { Standings } from "#api/access/standings.js";
import type { Alarms } from "#api/history/alarms.js";
import { routesOf } from "#api/operations/routes.js";
import type { Damage } from "#api/history/damage.js";
import { graphql, type Count } from "#api/graphql/graphql.js";
import type { GraphqlOperations } from "#api/graphql/graphql-operations.js";
import { Snapshots } from "#api/history/snapshots.js";
import { ProblemFilter } from "#api/operations/problems.js";
import type { SignInLinks } from "#api/access/sign-in-links.js";
import { draftsOf } from "#api/drafts/drafts.js";
import { meOf } from "#api/access/me.js";
import { edgeResolvers } from "#api/reads/edges.js";
import { linkResolvers } from "#api/reads/links.js";
import { sectionResolvers } from "#api/reads/sections.js";
import { Rows } from "#api/reads/rows.js";
import { projectionOperations } from "#api/projections/projections.js";
import { ApiServices } from "#api/operations/services.js";
import { sayRefusals } from "#api/operations/spoken.js";
import { vocabulariesOf } from "#api/reads/vocabularies.js";
import { nameCodes } from "#projection/declare/code-types.js";
import * as domain from "#domain/domain.js";
import { Changes } from "#store/changes.js";
import type { KeptDocuments } from "#platform/documents/kept.js";
import type { Foundations } from "./foundations.js";
import type { Templates } from "#vocabulary/templates.js";
import { StoreModule } from "#store/store.module.js";

/** What the operations work with. */
export interface Built extends Omit<Foundations, "close" | "documents"> {
  readonly documents: KeptDocuments;
  readonly damage: Damage;
  /** Where days are counted. */
  readonly zone: string;
  /** How many days back anybody may tell of. */
  readonly lateEntryDays: number;
  /** The forms of assessments. */
  readonly templates: Templates;
  /** Counts what a GraphQL query asks for, for whoever asks. */
  readonly count: Count;
  readonly alarms: Alarms;
  readonly signInLinks: SignInLinks | null;
  /** Where they are listed, GraphQL answers no other. */
  readonly operations: GraphqlOperations | undefined;
}

@Module({})
export class ApiModule {
  static with(built: Built): DynamicModule {
    const { log, seal, zone, operations, count } = built;
    nameCodes(domain.vocabularies);
    sayRefusals(domain.vocabularies["refusal"]!);
    const kept = [...domain.operations, ...projectionOperations, vocabulariesOf(domain.vocabularies, domain.operations)];
    const asked = [...kept, ...draftsOf(kept)];
    const { controllers, resolvers } = routesOf([...asked, meOf(asked)]);
    const services = {
      provide: ApiServices,
      inject: [CommandBus, Changes],
      useFactory: (commands: CommandBus, changes: Changes) => servicesOf(built, commands, changes),
    };
    return {
      module: ApiModule,
      imports: [StoreModule.with(log, seal, { zone }), graphql(operations, count)],
      controllers,
      providers: [
        ...resolvers,
        ...edgeResolvers(domain.edges),
        ...linkResolvers(domain.links, domain.operations),
        ...sectionResolvers(domain.operations),
        services,
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}

const servicesOf = ({ log, reading, seal, ...built }: Built, commands: CommandBus, changes: Changes): ApiServices =>
  new ApiServices(
    commands,
    changes,
    log,
    reading,
    new Rows(reading),
    seal,
    built.progress,
    built.live,
    built.workshop,
    built.damage,
    built.waiting,
    built.alarms,
    new Standings(changes, domain.relations, domain.records),
    built.revocations,
    built.directory,
    built.signInLinks,
    new Snapshots(),
    domain.vocabularies["fact"]!,
    built.documents,
    built.lateEntryDays,
    built.templates,
    built.drafts,
  );
