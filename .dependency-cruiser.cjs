/** The walls of the house. Each rule has been seen to fail on a planted violation: test/house/boundaries.spec.ts. */
const suffixed = "\\.(view|api|topics?|policy|relation|module|spec)\\.ts$";
const infrastructure = "^libs/(kernel|store|seal|projection|access|platform|api|topics)/";
/** Everything else: an aggregate each. */
const business = "^libs/(?!(?:kernel|store|seal|projection|access|platform|api|topics|vocabulary|domain)/)([^/]+)/";
const above = "^libs/domain/";
const pure = `${business}[^.]+\\.ts$`;

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Of types neither: what several topics ask of each other stands below them.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "kernel-imports-nothing",
      severity: "error",
      from: { path: "^libs/kernel/", pathNot: "\\.spec\\.ts$" },
      to: { pathNot: "^libs/kernel/" },
    },
    {
      name: "pure-files-stay-pure",
      comment:
        "A rule is a pure function: it knows the kernel, its own aggregate, who may see what, ids, times and phones as texts, and class-validator; no clock, store or framework.",
      severity: "error",
      from: { path: business, pathNot: suffixed },
      to: {
        pathNot: [
          "^libs/kernel/",
          "^libs/platform/values/(time|hours|optional|ids|phone)\\.ts$",
          "^libs/access/",
          "^libs/vocabulary/",
          pure,
          "node_modules/(class-validator|class-transformer|reflect-metadata|tslib)/",
        ],
      },
    },
    {
      name: "aggregates-do-not-know-each-other",
      comment: "What one asks of another, or has to know of it, stands above both: in libs/domain.",
      severity: "error",
      from: { path: business },
      to: { path: [business, above], pathNot: "^libs/$1/" },
    },
    {
      name: "vocabulary-is-pure",
      severity: "error",
      from: { path: "^libs/vocabulary/", pathNot: "\\.spec\\.ts$" },
      to: { pathNot: "^libs/(vocabulary|kernel)/" },
    },
    { name: "infrastructure-knows-no-case", severity: "error", from: { path: infrastructure }, to: { path: [business, above] } },
    { name: "libs-know-no-app", severity: "error", from: { path: "^libs/" }, to: { path: "^apps/" } },
    { name: "apps-know-no-other-app", severity: "error", from: { path: "^apps/([^/]+)/" }, to: { path: "^apps/", pathNot: "^apps/$1/" } },
    { name: "nothing-depends-on-tests", severity: "error", from: { path: "^(apps|libs)/" }, to: { path: "^test/" } },
    {
      name: "only-the-store-knows-eventstoredb",
      severity: "error",
      from: { path: "^(apps|libs)/", pathNot: ["^libs/store/", "^apps/event-store/"] },
      to: { path: "node_modules/@eventstore/" },
    },
    {
      name: "only-seal-knows-cryptography",
      comment: "Hashing in the store's chain and random passwords of an embedded server are the exceptions.",
      severity: "error",
      from: { path: "^(apps|libs)/", pathNot: ["^libs/seal/", "^libs/store/", "^libs/platform/", "^apps/event-store/", "\\.spec\\.ts$"] },
      to: { path: "^(node:)?crypto$" },
    },
    {
      name: "only-these-know-postgres",
      severity: "error",
      from: { path: "^libs/", pathNot: ["^libs/(projection|seal|platform|api)/", "\\.(view|api)\\.ts$"] },
      to: { path: "node_modules/(pg|typeorm)/" },
    },
    {
      name: "house-names",
      severity: "error",
      from: {},
      to: { path: "^(apps|libs|test)/.*(\\.(service|handler|dto|entity|mapper|repository|utils|types)|/(index|helpers?|utils?))\\.ts$" },
    },
    { name: "not-resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "(^|/)dist/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^dist/", "^test/clients/journeys/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    webpackConfig: { fileName: ".dependency-cruiser.resolve.cjs" },
  },
};
