"""The form of the phases: two date-times a phase, in the edition's time zone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from roadmap.core.errors import Invalid
from roadmap.core.i18n import _, date_and_time, timezone_name
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Period, Phase
from roadmap.domain.timetable import faults
from roadmap.editions.actions.phases import sentences_of

FORMAT = "%Y-%m-%dT%H:%M"
FIRST_YEAR, LAST_YEAR = 2000, 2100
ENDS = ("opens", "closes")


class PhasesForm:
    """Values as typed, by field name such as `voting-opens`; sentences by field name in `errors`.

    A phase with neither date takes no part. A date that is typed as it is stored is the stored moment, to the
    microsecond and in an hour that comes twice, so that saving without a change changes nothing. `seen` is the mark
    of the dates that the page was made from.
    """

    def __init__(self, values: Mapping[str, str], time_zone: str, stored: Sequence[Period] = ()) -> None:
        self.zone = ZoneInfo(time_zone)
        self.stored = {
            f"{period.phase}-{end}": moment
            for period in stored
            for end, moment in zip(ENDS, (period.opens, period.closes), strict=True)
            if moment is not None
        }
        self.values = {
            f"{phase}-{end}": values.get(f"{phase}-{end}", "").strip()[:40] for phase in Phase for end in ENDS
        }
        self.seen = values.get("seen")
        self.reason = values.get("reason", "").strip()[:1000]
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def filled(cls, periods: Sequence[Period], time_zone: str) -> "PhasesForm":
        """The form as the stored phases fill it."""
        form = cls({}, time_zone, periods)
        for field, moment in form.stored.items():
            form.values[field] = form._typed(moment)
        return form

    def validate(self) -> bool:
        """Whether every date can be; leaves a sentence at each that cannot."""
        for field, value in self.values.items():
            if value and (sentence := self._fault(field, value)):
                self.errors[field] = [sentence]
        for phase in Phase:
            if self.values[f"{phase}-closes"] and not self.values[f"{phase}-opens"]:
                self.errors[f"{phase}-opens"] = [_("Say when this phase begins.")]
        self.refuse(Invalid(errors=sentences_of(faults(self.periods()))))
        return not self.errors

    @property
    def bad_dates(self) -> bool:
        """Whether some date cannot be, so that the dates make no picture."""
        return bool(self.errors.keys() - {"reason"})

    def kept(self, field: str) -> str:
        """The moment that is stored, as it would be typed; "" for none."""
        moment = self.stored.get(field)
        return self._typed(moment) if moment is not None else ""

    def periods(self) -> list[Period]:
        """The phases that have a date, as moments in UTC; dates that cannot be are left out."""
        found = []
        for phase in Phase:
            opens = self._moment(f"{phase}-opens")
            if opens is not None:
                found.append(Period(phase, opens, self._moment(f"{phase}-closes")))
        return found

    def twice(self, field: str) -> str:
        """Which of two moments is meant, where the clock shows the typed time twice; "" for other times."""
        moment = self._moment(field)
        if moment is None or not self._comes_twice(moment):
            return ""
        return _(
            "The clocks go back in that night, so this time comes twice. %(moment)s (UTC) is meant.",
            moment=date_and_time(moment),
        )

    def refuse(self, problem: Invalid) -> None:
        """Attach the sentences of a refusal to their fields."""
        for name, sentence in problem.errors.items():
            field = f"{name}-closes" if name in PHASES else name
            self.errors.setdefault(field, []).append(sentence)
        if "listening-closes" in self.errors and not self.values["listening-opens"]:
            self.errors["listening-opens"] = self.errors.pop("listening-closes")

    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence with the phase's name) for the error summary."""
        return [
            (field, _("%(name)s: %(problem)s", name=self._name(field), problem=sentence))
            for field, sentences in self.errors.items()
            for sentence in sentences
        ]

    def _name(self, field: str) -> str:
        phase = field.rsplit("-", 1)[0]
        return str(PHASES[phase]) if phase in PHASES else _("Reason")

    def _fault(self, field: str, value: str) -> str:
        if field in self.stored and value == self._typed(self.stored[field]):
            return ""
        local = _read(value)
        if local is None:
            return _(
                "Write the date like this: 2030-01-31T18:00 (year, month, day, the letter T, hour and minutes)."
            )
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            return _("Choose a year from %(first)s to %(last)s.", first=str(FIRST_YEAR), last=str(LAST_YEAR))
        if not self._is_on_the_clock(local):
            return _(
                "This time does not exist: the clocks go forward in that night (%(zone)s). Choose one an hour"
                " earlier or later.",
                zone=timezone_name(self.zone),
            )
        return ""

    def _moment(self, field: str) -> datetime | None:
        """The moment in UTC; of an hour that comes twice the first, unless the second is what is stored."""
        value, stored = self.values[field], self.stored.get(field)
        if stored is not None and value == self._typed(stored):
            return stored
        if not value or self._fault(field, value):
            return None
        local = _read(value)
        return local.replace(tzinfo=self.zone).astimezone(UTC) if local is not None else None

    def _is_on_the_clock(self, local: datetime) -> bool:
        there = local.replace(tzinfo=self.zone).astimezone(UTC).astimezone(self.zone)
        return there.replace(tzinfo=None) == local

    def _comes_twice(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
        return len(offsets) > 1

    def _typed(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).strftime(FORMAT)


def _read(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, FORMAT)  # noqa: DTZ007 - its zone is the edition's
    except ValueError:
        return None
