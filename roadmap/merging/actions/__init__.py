"""Deeds of merging: merge, undo, accept, object, leave apart, split, undo a split, open the next group."""

from roadmap.merging.actions.merging import Changed as Changed
from roadmap.merging.actions.merging import merge_proposals as merge_proposals
from roadmap.merging.actions.objecting import accept_merge as accept_merge
from roadmap.merging.actions.objecting import leave_apart as leave_apart
from roadmap.merging.actions.objecting import object_to_merge as object_to_merge
from roadmap.merging.actions.opening import open_next as open_next
from roadmap.merging.actions.splitting import Part as Part
from roadmap.merging.actions.splitting import check_whole as check_whole
from roadmap.merging.actions.splitting import split_proposal as split_proposal
from roadmap.merging.actions.splitting import undo_split as undo_split
from roadmap.merging.actions.splitting import wordings_of as wordings_of
from roadmap.merging.actions.undoing import undo_merge as undo_merge
