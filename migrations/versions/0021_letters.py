"""Letters wait in the database, and reminders become letters: nobody is written to twice on the day of the change."""

import secrets
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
#: So many rows are written by one statement.
CHUNK = 1_000


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "returned_address",
        sa.Column("id", KEY, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.CheckConstraint("letters > 0", name=op.f("ck_returned_address_some_letter_came_back")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_address")),
        sa.UniqueConstraint("address", name=op.f("uq_returned_address_address")),
    )
    op.create_table(
        "unsubscription",
        sa.Column("id", KEY, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("topic", _one_of("topic", "daily", "newsletter", "invitation"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsubscription")),
        sa.UniqueConstraint("address", "topic", name=op.f("uq_unsubscription_address_topic")),
    )
    states = ("waiting", "sending", "sent", "refused", "given-up", "bounced", "not-sent")
    reasons = ("account-closed", "not-wanted", "address-stopped", "out-of-date")
    op.create_table(
        "letter",
        sa.Column("id", KEY, nullable=False),
        sa.Column("identity", sa.String(length=120), nullable=False),
        sa.Column("message_key", sa.String(length=32), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("topic", _one_of("topic", "daily", "newsletter", "invitation"), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("path", PATH, nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("worth_until", INSTANT, nullable=False),
        sa.Column("state", _one_of("state", *states), nullable=False),
        sa.Column("not_sent_because", _one_of("not_sent_because", *reasons), nullable=True),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_tried_at", INSTANT, nullable=True),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("answer", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint(
            "(state = 'sending') = (claim IS NOT NULL)", name=op.f("ck_letter_sending_means_claimed")
        ),
        sa.CheckConstraint(
            "(claim IS NULL) = (claimed_until IS NULL)", name=op.f("ck_letter_claimed_until_some_instant")
        ),
        sa.CheckConstraint(
            "(state = 'not-sent') = (not_sent_because IS NOT NULL)",
            name=op.f("ck_letter_not_sent_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'sending')) = (settled_at IS NULL)",
            name=op.f("ck_letter_settled_at_some_instant"),
        ),
        sa.CheckConstraint("(tries = 0) = (tried_at IS NULL)", name=op.f("ck_letter_tried_at_some_instant")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_letter_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("identity", name=op.f("uq_letter_identity")),
        sa.UniqueConstraint("message_key", name=op.f("uq_letter_message_key")),
    )
    op.create_index("ix_letter_account_id", "letter", ["account_id"])
    op.create_index("ix_letter_path_queued_at", "letter", ["path", "queued_at"])
    op.create_index("ix_letter_queued_at", "letter", ["queued_at"])
    op.create_index("ix_letter_state_is_urgent_not_before", "letter", ["state", "is_urgent", "not_before"])
    op.create_index("ix_letter_to_address_tried_at", "letter", ["to_address", "tried_at"])
    outcomes = (
        "sent", "refused", "put-off", "given-up", "unknown", "not-sent", "held", "bounced", "sent-again",
        "counted-as-sent",
    )  # fmt: skip
    op.create_table(
        "letter_event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("letter_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", _one_of("outcome", *outcomes), nullable=False),
        sa.Column("answer", sa.String(length=300), server_default="", nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_letter_event_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_event_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_event")),
    )
    op.create_index("ix_letter_event_letter_id", "letter_event", ["letter_id"])
    _make_letters_of_reminders()
    op.drop_index("ix_reminder_on_date", table_name="reminder")
    op.drop_table("reminder")


def _make_letters_of_reminders() -> None:
    """Keep who was written to on which day as daily letters without text: sent, or in hands that died."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT account_id, on_date, taken_at, sent_at, email, name,"
            " COALESCE((SELECT MIN(unit.path) FROM role_grant JOIN unit ON unit.id = role_grant.unit_id"
            " WHERE role_grant.account_id = account.id), (SELECT MIN(path) FROM unit), '') AS path"
            " FROM reminder JOIN account ON account.id = reminder.account_id ORDER BY reminder.id"
        ).columns(on_date=sa.Date(), taken_at=INSTANT, sent_at=INSTANT)
    ).all()
    letter = sa.table(
        "letter",
        *(
            sa.column(name, sa.String())
            for name in ("identity", "message_key", "to_address", "to_name", "topic")
        ),
        *(sa.column(name, sa.String()) for name in ("path", "state", "claim")),
        *(sa.column(name, KEY) for name in ("account_id", "tries")),
        *(sa.column(name, INSTANT) for name in ("queued_at", "not_before", "worth_until", "claimed_until")),
        *(sa.column(name, INSTANT) for name in ("first_tried_at", "tried_at", "settled_at")),
    )
    london = ZoneInfo("Europe/London")
    made = []
    for row in rows:
        midnight = datetime.combine(row.on_date + timedelta(days=1), time(), london).astimezone(UTC)
        is_sent = row.sent_at is not None
        made.append(
            {
                "identity": f"daily-{row.account_id}-{row.on_date.isoformat()}",
                "message_key": secrets.token_hex(16),
                "account_id": row.account_id,
                "to_address": row.email,
                "to_name": row.name,
                "topic": "daily",
                "path": row.path,
                "state": "sent" if is_sent else "sending",
                "claim": None if is_sent else secrets.token_hex(16),
                "claimed_until": None if is_sent else row.taken_at,
                "tries": 1,
                "queued_at": row.taken_at,
                "not_before": row.taken_at,
                "worth_until": midnight,
                "first_tried_at": row.taken_at,
                "tried_at": row.taken_at,
                "settled_at": row.sent_at,
            }
        )
    for first in range(0, len(made), CHUNK):
        connection.execute(sa.insert(letter), made[first : first + CHUNK])


def downgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_reminder_is_about_some_day")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("account_id", "on_date", name=op.f("uq_reminder_account_id_on_date")),
    )
    op.create_index("ix_reminder_on_date", "reminder", ["on_date"], unique=False)
    # How many days a letter named is not kept; one is the least. A letter that is waiting goes by the reminder's
    # own run.
    day = sa.func.substr(sa.column("identity"), sa.func.length(sa.column("identity")) - 9)
    is_server = op.get_bind().dialect.name == "postgresql"
    letter = sa.table("letter", *map(sa.column, ("account_id", "topic", "state", "queued_at", "settled_at")))
    reminder = sa.table("reminder", *map(sa.column, ("account_id", "on_date", "taken_at", "sent_at", "days")))
    op.execute(
        sa.insert(reminder).from_select(
            ["account_id", "on_date", "taken_at", "sent_at", "days"],
            sa.select(
                letter.c.account_id,
                sa.cast(day, sa.Date()) if is_server else day,
                letter.c.queued_at,
                sa.case((letter.c.state == "sent", letter.c.settled_at)),
                sa.literal_column("1"),
            )
            .select_from(letter)
            .where(letter.c.topic == "daily", letter.c.account_id.is_not(None), letter.c.state != "waiting"),
        )
    )
    op.drop_table("letter_event")
    op.drop_table("letter")
    op.drop_table("unsubscription")
    op.drop_table("returned_address")
