"""The standing of an edition, and drafts that are compiled in the background"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "standings",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=True),
        sa.Column("took", BIG, nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("breakdown_as_of", sa.BigInteger(), nullable=True),
        sa.Column("breakdown_voters", sa.Integer(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_standings_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_standings")),
    )
    op.create_table(
        "compilations",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("error", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_compilations_state")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_compilations_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_compilations")),
    )


def downgrade() -> None:
    op.drop_table("compilations")
    op.drop_table("standings")
