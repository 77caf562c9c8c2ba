"""The official client of the Model Context Protocol against `entente mcp`: every tool, with and without edits.

The client itself tests each answer against the schema that the tool declares, and throws where it does not fit.
"""

import asyncio
import sys

from mcp import Client
from mcp.client.stdio import StdioServerParameters

PROGRAM, REGISTRY, MODE = sys.argv[1:4]


def connected(*more):
    arguments = ["mcp", "--registry", REGISTRY, "--today", "2026-11-22", "--author", "tester", *more]
    return Client(StdioServerParameters(command=PROGRAM, args=arguments), mode=MODE, read_timeout_seconds=60)


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    assert result.content[0].type == "text"
    return result.structured_content


async def reading():
    async with connected() as client:
        assert client.server_info.name == "entente", client.server_info
        wanted = "2025-11-25" if MODE == "legacy" else "2026-07-28"
        assert client.protocol_version == wanted, client.protocol_version
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["ask", "show", "why", "find", "check_claim", "commands"], tools
        assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools)

        found = await call(client, "find", words="price floor", limit=5)
        assert len(found["rows"]) == 5 and found["statements"][0]["sources"], found
        listed = await call(client, "ask", command="list initiatives where member = JPN", limit=3)
        assert listed["truncated"] and listed["next_offset"] == 3, listed
        why = await call(client, "why", what="us-treasury-secretary.holder", on="2026-01-12")
        chosen = [one for one in why["statements"] if one["standing"] == "chosen"][0]
        assert chosen["sources"][0]["quote"] and chosen["dissent"][0]["standing"] == "rival", chosen
        await call(client, "show", what="forge")
        await call(client, "show", what="CHN.share[mineral gallium]", published_by="2026-01-12")
        claim = await call(client, "check_claim", claim="us-treasury-secretary.holder = bessent", on="2026-01-12")
        assert claim["answer"] == "disputed" and claim["for"] and claim["against"], claim
        numbers = await call(client, "check_claim", claim="pax-silica.member-count >= 30", on="2026-07-23")
        assert numbers["answer"] in ("true", "false", "disputed", "not stated"), numbers
        for command in ("conflicts limit 5", "brief forge", "roster pax-silica", "sql SELECT 1 AS one", "check stale"):
            await call(client, "ask", command=command)
        assert len((await call(client, "commands"))["commands"]) > 20
        await call(client, "commands", name="list")

        refused = await client.call_tool("ask", {"command": "claim forge.chair = JPN"})
        assert refused.is_error and refused.structured_content["errors"][0]["code"] == "not-for-assistants", refused


async def editing():
    async with connected("--allow-edits") as client:
        assert "edit" in [tool.name for tool in (await client.list_tools()).tools]
        edited = await call(client, "edit", commands="claim forge.chair = JPN from 2026-07 citing clash", reason="tried")
        assert edited["transaction"] and edited["author"] == "tester", edited
        why = await call(client, "why", what="forge.chair")
        assert any(one["value"]["text"] == "JPN" for one in why["statements"]), why
        await call(client, "edit", commands=f"undo {edited['transaction']}")


asyncio.run(reading())
asyncio.run(editing())
print("all tools used")
