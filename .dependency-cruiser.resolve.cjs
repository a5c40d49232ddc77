/** How an import is found: by the paths of tsconfig.json, never in what was built, so that the walls stand the same before a build and after it. */
module.exports = {
  resolve: {
    importsFields: [],
    exportsFields: ["exports"],
    conditionNames: ["import", "require", "node", "default", "types"],
  },
};
