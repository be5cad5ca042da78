"""Proposals that are alike: what they are compared by, and the pairs with what was decided about them"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vectors",
        sa.Column("proposal_id", BIG, autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("copied", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_vectors_proposal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_vectors_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_vectors")),
    )
    op.create_index(op.f("ix_vectors_edition_id"), "vectors", ["edition_id"])
    op.create_table(
        "likely_pairs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("a_id", BIG, nullable=False),
        sa.Column("b_id", BIG, nullable=False),
        sa.Column("similarity", sa.Float(precision=53), nullable=True),
        sa.Column("negation", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Boolean(), nullable=False),
        sa.Column("revision_a", sa.Integer(), nullable=False),
        sa.Column("revision_b", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("decided", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_likely_pairs_older_first")),
        sa.CheckConstraint("decision IN ('related', 'different')", name=op.f("ck_likely_pairs_decision")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_likely_pairs_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["a_id"], ["proposals.id"], name=op.f("fk_likely_pairs_a_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_id"], ["proposals.id"], name=op.f("fk_likely_pairs_b_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likely_pairs")),
        sa.UniqueConstraint("a_id", "b_id", name=op.f("uq_likely_pairs_a_id_b_id")),
    )
    op.create_index(op.f("ix_likely_pairs_b_id"), "likely_pairs", ["b_id"])
    op.create_index(
        "ix_likely_pairs_edition_id_decision_similarity", "likely_pairs", ["edition_id", "decision", "similarity"]
    )


def downgrade() -> None:
    op.drop_index("ix_likely_pairs_edition_id_decision_similarity", table_name="likely_pairs")
    op.drop_index(op.f("ix_likely_pairs_b_id"), table_name="likely_pairs")
    op.drop_table("likely_pairs")
    op.drop_index(op.f("ix_vectors_edition_id"), table_name="vectors")
    op.drop_table("vectors")
