"""What authors say to merges, splits, and notices"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "state IN ('published', 'waiting', 'hidden', 'withdrawn')"
AFTER = "state IN ('published', 'waiting', 'hidden', 'withdrawn', 'closed')"


def upgrade() -> None:
    _splits()
    _say()
    _notices()
    _check_states(BEFORE, AFTER)


def _splits() -> None:
    op.create_table(
        "splits",
        sa.Column("id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("original_id", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("undone", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", BIG, nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_splits_edition_id")),
        sa.ForeignKeyConstraint(["original_id"], ["proposals.id"], name=op.f("fk_splits_original_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_splits")),
    )
    op.create_index(op.f("ix_splits_original_id"), "splits", ["original_id"])
    op.create_table(
        "split_parts",
        sa.Column("part_id", BIG, autoincrement=False, nullable=False),
        sa.Column("split_id", BIG, nullable=False),
        sa.Column("original_id", BIG, nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["part_id"], ["proposals.id"], name=op.f("fk_split_parts_part_id")),
        sa.ForeignKeyConstraint(["split_id"], ["splits.id"], name=op.f("fk_split_parts_split_id")),
        sa.ForeignKeyConstraint(["original_id"], ["proposals.id"], name=op.f("fk_split_parts_original_id")),
        sa.PrimaryKeyConstraint("part_id", name=op.f("pk_split_parts")),
    )
    op.create_index(op.f("ix_split_parts_split_id"), "split_parts", ["split_id"])
    op.create_index(op.f("ix_split_parts_original_id"), "split_parts", ["original_id"])


def _say() -> None:
    op.create_table(
        "acceptances",
        sa.Column("merge_id", BIG, autoincrement=False, nullable=False),
        sa.Column("account_id", BIG, autoincrement=False, nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name=op.f("fk_acceptances_merge_id")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_acceptances_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("merge_id", "account_id", name=op.f("pk_acceptances")),
    )
    op.create_table(
        "objections",
        sa.Column("id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("merge_id", BIG, nullable=False),
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("departed", sa.JSON(), nullable=False),
        sa.Column("stayed", sa.JSON(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("apart", sa.BigInteger(), nullable=True),
        sa.Column("apart_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_objections_edition_id")),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name=op.f("fk_objections_merge_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_objections_proposal_id")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_objections_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["merges.id"], name=op.f("fk_objections_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_edition_id"), "objections", ["edition_id"])
    op.create_index(op.f("ix_objections_merge_id"), "objections", ["merge_id"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("merge_id", BIG, nullable=True),
        sa.Column("split_id", BIG, nullable=True),
        sa.Column("decision_id", BIG, nullable=True),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("read", sa.BigInteger(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.Column("mailed", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('merged', 'carried', 'asked-again', 'split', 'decided', 'changed')",
            name=op.f("ck_notices_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notices_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_notices_edition_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_notices_proposal_id")),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name=op.f("fk_notices_merge_id")),
        sa.ForeignKeyConstraint(["split_id"], ["splits.id"], name=op.f("fk_notices_split_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_notices_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_account_id_made"), "notices", ["account_id", "made"])
    op.create_index(op.f("ix_notices_merge_id"), "notices", ["merge_id"])
    op.create_table(
        "notice_choices",
        sa.Column("account_id", BIG, autoincrement=False, nullable=False),
        sa.Column("as_author", sa.String(length=10), nullable=False),
        sa.Column("as_voter", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.CheckConstraint("as_author IN ('off', 'at-once', 'daily')", name=op.f("ck_notice_choices_as_author")),
        sa.CheckConstraint("as_voter IN ('off', 'at-once', 'daily')", name=op.f("ck_notice_choices_as_voter")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notice_choices_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_choices")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_choices_key")),
    )


def downgrade() -> None:
    """Without the state, parts of undone splits are withdrawn, and what was split is open again."""
    undone = "id IN (SELECT part_id FROM split_parts WHERE ended IS NOT NULL)"
    op.execute(f"UPDATE proposals SET state = 'withdrawn' WHERE state = 'closed' AND {undone}")  # noqa: S608
    op.execute("UPDATE proposals SET state = 'published' WHERE state = 'closed'")
    _check_states(AFTER, BEFORE)
    for table in ("notice_choices", "notices", "objections", "acceptances", "split_parts", "splits"):
        op.drop_table(table)


def _check_states(before: str, after: str) -> None:
    """Change which states a proposal may be in.

    SQLite cannot change a constraint of a table in place. Making the table anew would break everything that refers
    to it, so its definition is rewritten as SQLite's manual describes it for constraints (ALTER TABLE, section 7).
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_proposals_state"), "proposals", type_="check")
        op.create_check_constraint(op.f("ck_proposals_state"), "proposals", after)
        return
    made = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'proposals'"
    if after in connection.exec_driver_sql(made).scalar_one():
        return  # a database made since then: some builds of SQLite let nobody rewrite a definition
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'proposals'",
        (before, after),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
