# syntax=docker/dockerfile:1
# The build stage needs all dependencies. The runtime image holds the bundle and better-sqlite3, which contains native code.
FROM node:24-slim AS build
WORKDIR /desk
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /desk
COPY --from=build /desk/dist dist
COPY --from=build /desk/node_modules/better-sqlite3 node_modules/better-sqlite3
RUN mkdir data && chown node:node data
USER node
VOLUME /desk/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Limits V8's young generation to 48 MB instead of 128 MB, as `npm run start:prod` does.
CMD ["node", "--max-semi-space-size=16", "dist/frontdesk.mjs"]
