# Installed on the machine that builds, whatever the image is for: no dependency has native code
# (ops/image/dependencies.unit.test.ts), so an arm64 image needs no emulation. BuildKit knows the
# platform; the builder before it knows no such name, and takes "linux" for its own.
FROM --platform=${BUILDPLATFORM:-linux} node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# What is optional is for other runtimes; what is deleted is for editors, debuggers and authors.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund --no-update-notifier \
  && find node_modules -type d \( -name test -o -name tests \) -prune -exec rm -r {} + \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.[cm]ts' -o -name '*.map' \) -delete
COPY contract.ts ./
COPY service ./service
# Readable by the image's user, also when they were checked out with a strict umask.
RUN chmod -R a+rX contract.ts package.json service

# Nothing is run below: it would need a machine of the image's architecture. That is also why no
# compile cache is baked in (it saves 0.1 s of a start).
FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/contract.ts /app/package.json ./
COPY --from=build /app/service ./service
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Also: service/migrate.ts, service/rotate.ts, service/seed.ts. No HEALTHCHECK: ECS ignores an
# image's own, so whoever runs it says how (compose.yaml, the task definition). In a task of 512 MB
# Node would collect garbage after every megabyte, which takes two thirds more processor time.
CMD ["node", "--max-semi-space-size=16", "service/server.ts"]

ARG SOURCE=unknown
ARG REVISION=unknown
ARG VERSION=unknown
LABEL org.opencontainers.image.title="fargate-store" \
  org.opencontainers.image.description="A store backend: products, orders, customers" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.source="$SOURCE" \
  org.opencontainers.image.revision="$REVISION" \
  org.opencontainers.image.version="$VERSION"
