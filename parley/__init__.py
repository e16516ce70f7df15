"""Parley reads news reports and keeps a ledger of who did or said what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parley.records import Event, Fact, Party, Period, Place, Report

if TYPE_CHECKING:
    from parley.pipeline import Coder

__version__ = "0.1.0"
__all__ = ["Coder", "Event", "Fact", "Party", "Period", "Place", "Report", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Coder":
        from parley.pipeline import Coder

        return Coder
    raise AttributeError(f"module 'parley' has no attribute {name!r}")
