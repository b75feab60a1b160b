"""Matinee as a server of the Model Context Protocol: an agent finds and buys goods, makes films.

Served at ``/mcp`` beside the rest, in the revisions 2026-07-28 and 2025-11-25, without sessions of
its own. A tool is a task and not an address; what it does it does through this house's own API with
the caller's key, so that every rule, limit and message there holds here too.
"""

from .gate import METADATA, AgentGate
from .scopes import SCOPES
from .serving import McpApp

__all__ = ["METADATA", "SCOPES", "AgentGate", "McpApp"]
