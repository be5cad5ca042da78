"""The form of the phases: two date-times a phase, in the edition's time zone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from roadmap.core.errors import Invalid
from roadmap.core.i18n import _
from roadmap.core.phrases import PHASES
from roadmap.domain.phases import Period, Phase

FORMAT = "%Y-%m-%dT%H:%M"


class PhasesForm:
    """Values as typed, by field name such as `voting-opens`; sentences by field name in `errors`.

    A phase with neither date takes no part. Seconds are kept where a stored moment has them and the typed
    minute is unchanged, so that saving without a change changes nothing.
    """

    def __init__(self, values: Mapping[str, str], time_zone: str) -> None:
        self.zone = ZoneInfo(time_zone)
        self.values = {
            f"{phase}-{end}": values.get(f"{phase}-{end}", "").strip()[:40]
            for phase in Phase
            for end in ("opens", "closes")
        }
        self.reason = values.get("reason", "").strip()[:1000]
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def filled(cls, periods: Sequence[Period], time_zone: str) -> "PhasesForm":
        """The form as the stored phases fill it."""
        form = cls({}, time_zone)
        for period in periods:
            for end, moment in (("opens", period.opens), ("closes", period.closes)):
                if moment is not None:
                    form.values[f"{period.phase}-{end}"] = moment.astimezone(form.zone).strftime(FORMAT)
        return form

    def validate(self) -> bool:
        """Whether every date can be read; leaves a sentence at each that cannot."""
        for name, value in self.values.items():
            if value and self._moment(value) is None:
                self.errors[name] = [
                    _("Write the date as year-month-dayThour:minute, for example 2030-01-31T18:00.")
                ]
        for phase in Phase:
            if self.values[f"{phase}-closes"] and not self.values[f"{phase}-opens"]:
                self.errors[f"{phase}-opens"] = [_("Say when this phase begins.")]
        return not self.errors

    def periods(self) -> list[Period]:
        """The phases that have a date, as moments in UTC."""
        found = []
        for phase in Phase:
            opens = self._moment(self.values[f"{phase}-opens"])
            if opens is not None:
                found.append(Period(phase, opens, self._moment(self.values[f"{phase}-closes"])))
        return found

    def refuse(self, problem: Invalid) -> None:
        """Attach the sentences of a refusal to their fields."""
        for name, sentence in problem.errors.items():
            field = name if name == "reason" else f"{name}-closes"
            self.errors.setdefault(field, []).append(sentence)
        if problem.message:
            self.errors.setdefault("listening-opens", []).append(problem.message)

    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence with the phase's name) for the error summary."""
        return [
            (name, f"{self._name(name)}: {sentence}")
            for name, all_ in self.errors.items()
            for sentence in all_
        ]

    def _name(self, field: str) -> str:
        phase = field.rsplit("-", 1)[0]
        return str(PHASES[phase]) if phase in PHASES else _("Reason")

    def _moment(self, value: str) -> datetime | None:
        try:
            return datetime.strptime(value, FORMAT).replace(tzinfo=self.zone).astimezone(UTC)
        except ValueError:
            return None
