"""From a report to a casebook: events, reports and claims drafted with their evidence."""

from geoconflict.drafting.report import draft_events

__all__ = ["draft_events"]
