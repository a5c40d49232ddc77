# One image for every service; the command says which: dist/apps/api/main.js, dist/apps/projector/main.js.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The runtime comes with the image, all is compiled, and Postgres is a server of its own: neither the npm package "node" nor the compiler nor the
# embedded Postgres (optional dependencies) goes along. What draws pictures is kept: npm knows its compiled part as optional as well.
RUN npm run build && rm -r dist/test && cp -a node_modules/@img /img && \
  npm prune --omit=dev --omit=optional --no-audit --no-fund && cp -a /img/. node_modules/@img/

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# Owned by root: the service can read its own code and not change it.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/docs ./docs
COPY --from=build /app/templates ./templates
# The service keeps documents here, sealed, on a volume of its own.
RUN install --directory --owner=node --group=node --mode=700 /var/lib/hifadhi/documents
USER node
EXPOSE 3000
CMD ["node", "dist/apps/api/main.js"]
