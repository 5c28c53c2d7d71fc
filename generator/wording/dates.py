"""Days as Vietnamese documents write them."""

from __future__ import annotations

from datetime import date


def say_month(day: date) -> str:
    """Return the month as documents write it: 01, 02, then 3 to 12 (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def say_day(day: date | None) -> str:
    """Return 01/5/2025 or 02/01/2026, the form of tables; empty when unknown."""
    return f"{day.day:02d}/{say_month(day)}/{day.year}" if day else ""


def say_long_day(day: date) -> str:
    """Return `ngày 01 tháng 5 năm 2025`, the form of notices."""
    return f"ngày {day.day:02d} tháng {say_month(day)} năm {day.year}"


def say_span(starts: date | None, ends: date | None) -> str:
    """Return `01/5 – 31/5/2025`, one day, or empty."""
    if starts and ends and starts != ends:
        first = f"{starts.day:02d}/{say_month(starts)}" + (f"/{starts.year}" if starts.year != ends.year else "")
        return f"{first} – {say_day(ends)}"
    return say_day(starts or ends)
