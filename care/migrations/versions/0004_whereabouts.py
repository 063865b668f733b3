"""where somebody in danger is, on the urgent ticket"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the database to this revision."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whereabouts", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("whereabouts")
