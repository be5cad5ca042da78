"""Texts that organisers edit: every saved version, in each language"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("meaning", sa.Integer(), nullable=False),
        sa.Column("source_language", sa.String(length=10), nullable=False),
        sa.Column("source_meaning", sa.Integer(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_text_versions_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["log_entries.id"], name=op.f("fk_text_versions_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_versions")),
        sa.UniqueConstraint(
            "edition_id", "name", "language", "number", name=op.f("uq_text_versions_edition_id_name_language_number")
        ),
    )
    op.create_index(
        "uq_text_versions_current",
        "text_versions",
        ["edition_id", "name", "language"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )


def downgrade() -> None:
    op.drop_index("uq_text_versions_current", table_name="text_versions")
    op.drop_table("text_versions")
