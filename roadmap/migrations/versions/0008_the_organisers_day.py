"""Mail that could not be delivered, and up to where organisers have seen the public log"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "undelivered",
        sa.Column("id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("text", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason IN ('address', 'server')", name=op.f("ck_undelivered_reason")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_undelivered_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undelivered")),
    )
    op.create_index(op.f("ix_undelivered_address_key"), "undelivered", ["address_key"], unique=False)
    op.create_table(
        "log_marks",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_log_marks_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_log_marks_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "edition_id", name=op.f("pk_log_marks")),
    )


def downgrade() -> None:
    op.drop_table("log_marks")
    op.drop_index(op.f("ix_undelivered_address_key"), table_name="undelivered")
    op.drop_table("undelivered")
