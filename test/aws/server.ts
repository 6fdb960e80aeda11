/**
 * What a server of the kit runs at boot, with the Python that Amazon Linux brings and nothing from the internet: on
 * each port it answers every line with its own name.
 */
export const SERVER_SCRIPT = (name: string, ports: readonly number[]): string => `#!/bin/bash
cat > /opt/server.py <<'PYTHON'
import asyncio

async def talk(reader, writer):
    while await reader.readline():
        writer.write(b"${name}\\n")
        await writer.drain()
    writer.close()

async def main():
    servers = [await asyncio.start_server(talk, "0.0.0.0", port) for port in (${ports.join(', ')})]
    await asyncio.gather(*(server.serve_forever() for server in servers))

asyncio.run(main())
PYTHON
systemd-run --unit=kit-server --property=Restart=always python3 /opt/server.py
`;
