"""Deeds of notices: tell, answer, mark as read, choose how to be told."""

from roadmap.notices.actions.answering import KEEP as KEEP
from roadmap.notices.actions.answering import answer_notice as answer_notice
from roadmap.notices.actions.answering import choose_ways as choose_ways
from roadmap.notices.actions.answering import mark_read as mark_read
from roadmap.notices.actions.answering import settle_notice as settle_notice
from roadmap.notices.actions.answering import stop_mails as stop_mails
