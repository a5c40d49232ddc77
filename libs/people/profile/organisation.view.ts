import { Code, Codes, Count, Flag, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { Shape, Structures } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { directoryArea as area } from "../areas.js";
import { organisations } from "../organisations.js";
import { offeredServices, organisationTypes, type OfferedService, type OrganisationType } from "../vocabulary.js";

@Shape("ServiceOffer")
class ServiceOffer {
  @Code(offeredServices, { area }) service!: OfferedService;
  @Text({ area, description: "Codes of districts, apart by commas; empty: everywhere" }) districts!: string;
}

/** A line of the directory: an organisation, what it is and what it offers where. Of its people it names none. */
@ViewOf("Organisation", {
  about: ["organisation", "id"],
  rows: { area },
  indexes: [
    ["onboardedAt", "id"],
    ["types", "onboardedAt", "id"],
    ["offers", "onboardedAt", "id"],
  ],
})
export class OrganisationView {
  @Key() id!: string;
  @Count({ area, description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Text({ area, description: "What it is called" }) name!: string;
  @Codes(organisationTypes, { area }) types!: OrganisationType[];
  @Codes(offeredServices, { area, description: "What it offers anywhere" }) offers!: OfferedService[];
  @Structures(ServiceOffer) services!: ServiceOffer[];
  @Moment({ area }) onboardedAt!: string;
  @Flag({ area, description: "Nobody of it may work here for now" }) suspended!: boolean;
  @Reference({ area, optional: true, description: "Whose people approve where it has too few of its own" }) partner!: string | null;
}

export const organisationView = view(organisations)(OrganisationView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    OrganisationOnboarded: (_, { streamId, at, data: { name, types, partner = null } }) => ({
      id: streamId,
      revision: 0,
      name,
      types,
      offers: [],
      services: [],
      onboardedAt: at,
      suspended: false,
      partner,
    }),
    ServicesOffered: (row, { data: { services } }) =>
      row && {
        ...row,
        offers: [...new Set(services.map(({ service }) => service))],
        services: services.map(({ service, districts }) => ({ service, districts: districts.join(",") })),
      },
    ApprovingPartnerNamed: (row, { data: { partner } }) => row && { ...row, partner },
    OrganisationSuspended: (row) => row && { ...row, suspended: true },
    OrganisationReinstated: (row) => row && { ...row, suspended: false },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
