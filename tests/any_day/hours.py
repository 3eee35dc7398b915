"""When the people of a day work: the test's own book of it, which knows nothing of the desk's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

A_DAY = 1440
Times = list[tuple[int, int]]


@dataclass
class Place:
    """Open every day between these minutes, on its clock, but on its holidays."""

    zone: ZoneInfo
    times: Times
    holidays: set[date] = field(default_factory=set)


@dataclass
class Hours:
    """By rep: where they work (nowhere in particular: always), each day's own times, and those of a single day."""

    place: dict[str, Place] = field(default_factory=dict)
    own: dict[str, Times] = field(default_factory=dict)
    once: dict[tuple[str, date], Times] = field(default_factory=dict)

    def works(self, rep_id: str, now: datetime) -> bool:
        """Whether they are on shift at that moment."""
        if rep_id not in self.place:
            return True
        clock = now.astimezone(self.place[rep_id].zone)
        minutes = clock.hour * 60 + clock.minute
        since = {clock.date(): minutes, clock.date() - timedelta(days=1): minutes + A_DAY}
        return any(
            begins <= minute < ends for day, minute in since.items() for begins, ends in self.times_on(rep_id, day)
        )

    def times_on(self, rep_id: str, day: date) -> Times:
        """The times that begin on that day."""
        place = self.place[rep_id]
        if (rep_id, day) in self.once:
            return self.once[rep_id, day]
        return [] if day in place.holidays else self.own.get(rep_id, place.times)

    def ended(self, rep_id: str, now: datetime) -> datetime | None:
        """When their last shift ended, to the minute; None while they work, and once that's twelve hours ago."""
        minute = now.replace(second=0, microsecond=0)
        for back in range(12 * 60):
            if self.works(rep_id, minute - timedelta(minutes=back)):
                return minute - timedelta(minutes=back - 1) if back else None
        return None

    def change(self, rep_id: str, now: datetime, times: Times, only_on: date | None) -> Own:
        """Their own times from now on, or of one day; off for good isn't theirs to have: then the place's count."""
        was = Hours(self.place, dict(self.own), dict(self.once))
        if only_on:
            self.once[rep_id, only_on] = times
        else:
            self.own.pop(rep_id, None)
            self.own.update({rep_id: times} if times else {})
        asked = Own(self.own.get(rep_id, []), {day: of for (who, day), of in self.once.items() if who == rep_id})
        if was.works(rep_id, now) and not self.works(rep_id, now):
            self._end_with_this_minute(was, rep_id, now)
        return asked

    def _end_with_this_minute(self, was: Hours, rep_id: str, now: datetime) -> None:
        day, minute = was.began(rep_id, now)
        until_now = [(begins, min(ends, minute + 1)) for begins, ends in was.times_on(rep_id, day) if begins <= minute]
        self.once[rep_id, day] = [*until_now, *(span for span in self.times_on(rep_id, day) if span[0] > minute)]

    def began(self, rep_id: str, now: datetime) -> tuple[date, int]:
        """On which day the shift began that they're on, and the minute that it is, counted from that day's midnight."""
        clock = now.astimezone(self.place[rep_id].zone)
        minute = clock.hour * 60 + clock.minute
        today = clock.date()
        if any(begins <= minute < ends for begins, ends in self.times_on(rep_id, today)):
            return today, minute
        return today - timedelta(days=1), minute + A_DAY


@dataclass(frozen=True)
class Own:
    """What somebody asks for: times of every day, and of single days."""

    weekly: Times
    days: dict[date, Times]
