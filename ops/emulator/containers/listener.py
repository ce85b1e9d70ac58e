"""The emulator listens on loopback and on the containers' bridge, nowhere else."""

import hypercorn.asyncio

from containers.settings import GATEWAY, PORT

serve = hypercorn.asyncio.serve


async def serve_both(app, config, **options):
    config.bind.append(f"{GATEWAY}:{PORT}")
    await serve(app, config, **options)


# main() takes it from there.
hypercorn.asyncio.serve = serve_both
