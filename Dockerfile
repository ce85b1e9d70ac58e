# Put together on the machine that builds, whatever the image is for: what comes of it is JavaScript
# and WebAssembly, so an arm64 image needs no emulation. BuildKit knows the platform; the builder
# before it knows no such name, and takes "linux" for its own.
FROM --platform=${BUILDPLATFORM:-linux} node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier
COPY contract.ts ./
COPY service ./service
COPY ops/image/bundle.ts ./ops/image/
# Readable by the image's user, also when they were checked out with a strict umask.
RUN node ops/image/bundle.ts dist && chmod -R a+rX dist

# Nothing is run below: it would need a machine of the image's architecture. That is also why no
# compile cache is baked in (it saves 0.1 s of a start).
FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/dist ./
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Also: migrate.js, rotate.js and more (PROGRAMS in contract.ts). No HEALTHCHECK: ECS ignores an
# image's own, so whoever runs it says how (compose.yaml, the task definition). In a task of 512 MB
# Node would collect garbage after every megabyte, which takes two thirds more processor time; and
# helpers that collect beside it wait for the processor that it has to itself (docs/performance-notes.md).
CMD ["node", "--max-semi-space-size=16", "--no-parallel-scavenge", "service/server.js"]

ARG SOURCE=unknown
ARG REVISION=unknown
ARG VERSION=unknown
LABEL org.opencontainers.image.title="fargate-store" \
  org.opencontainers.image.description="A store backend: products, orders, customers" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.source="$SOURCE" \
  org.opencontainers.image.revision="$REVISION" \
  org.opencontainers.image.version="$VERSION"
