"""A revision that never ships: what a next version may do, for the tests of migrating and upgrading."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("customers", sa.Column("favourite", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_customers_favourite", "customers", ["favourite"])
    op.create_table(
        "wishes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.execute("INSERT INTO wishes (case_id, text) SELECT id, 'fix' FROM cases")
