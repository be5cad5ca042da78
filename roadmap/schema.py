"""Every table, gathered for the migrations."""

from roadmap.accounts import models as accounts
from roadmap.comments import models as comments
from roadmap.core.db import Base
from roadmap.drafts import models as drafts
from roadmap.editions import models as editions
from roadmap.imports import models as imports
from roadmap.log import models as log
from roadmap.merging import models as merging
from roadmap.moderation import models as moderation
from roadmap.notices import models as notices
from roadmap.proposals import models as proposals
from roadmap.similarity import models as similarity
from roadmap.standing import models as standing
from roadmap.texts import models as texts
from roadmap.votes import models as votes

FEATURES = (
    log, editions, texts, accounts, proposals, comments, votes, similarity, merging, moderation, drafts, standing,
    notices, imports,
)  # fmt: skip
metadata = Base.metadata
