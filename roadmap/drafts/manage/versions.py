"""The version that an address names, for organisers."""

from roadmap.core.errors import Conflict, NotFound
from roadmap.core.i18n import _
from roadmap.drafts.models import Draft
from roadmap.drafts.queries import find_draft
from roadmap.editions.models import Edition


def version_of(edition: Edition, v: int) -> Draft:
    """The version, frozen or not; raises NotFound."""
    draft = find_draft(edition, v)
    if draft is None:
        raise NotFound
    return draft


def unfrozen(edition: Edition, v: int) -> Draft:
    """The version, if it can still be changed; raises NotFound, Conflict."""
    draft = version_of(edition, v)
    if draft.frozen is not None:
        raise Conflict(_("Draft %(version)s is frozen. A frozen draft never changes.", version=v))
    return draft
