"""Files of people, kept in parts; the library of dated documents with their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FILES = ("pdf", "jpg", "png", "gif", "webp", "txt", "csv", "eml", "docx", "xlsx", "odt", "ods")
_SCANS = ("not-scanned", "over-limits", "waiting", "clean", "infected")
_DOCUMENTS = ("plan", "strategy", "assessment", "protocol", "minutes", "other")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", _KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scan", sa.String(length=30), nullable=False),
        sa.Column("scan_note", sa.String(length=200), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_never_empty")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachment_sha256_in_64_digits")),
        sa.CheckConstraint(_is_one_of("kind", _FILES), name=op.f("ck_attachment_kind")),
        sa.CheckConstraint(_is_one_of("scan", _SCANS), name=op.f("ck_attachment_scan")),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_attachment_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_scan", "attachment", ["scan"], unique=False)
    op.create_index("ix_attachment_added_by", "attachment", ["added_by"], unique=False)
    op.create_table(
        "attachment_part",
        sa.Column("attachment_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_part_attachment_id")
        ),
        sa.PrimaryKeyConstraint("attachment_id", "number", name=op.f("pk_attachment_part")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Pictures and Office documents are packed already: the server need not try to pack them again.
        op.execute("ALTER TABLE attachment_part ALTER COLUMN content SET STORAGE EXTERNAL")
    op.create_table(
        "document",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("reaches_down", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_why", sa.String(length=300), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= COALESCE(valid_from, dated_on)",
            name=op.f("ck_document_valid_until_it_begins_or_later"),
        ),
        sa.CheckConstraint(
            "review_on IS NULL OR review_on >= dated_on",
            name=op.f("ck_document_reviewed_after_it_is_written"),
        ),
        sa.CheckConstraint(_is_one_of("kind", _DOCUMENTS), name=op.f("ck_document_kind")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_document_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_document_matter_id")),
    )
    op.create_table(
        "document_version",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attachment_id", _KEY, nullable=False),
        sa.Column("changes", sa.String(length=300), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_document_version_numbered_from_1")),
        sa.CheckConstraint(
            "(number = 1) = (changes IS NULL)", name=op.f("ck_document_version_later_ones_say_what_changed")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_version_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_document_version_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_version_document_id_number")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_document_version_attachment_id")),
    )


def downgrade() -> None:
    op.drop_table("document_version")
    op.drop_table("document")
    op.execute("DELETE FROM matter WHERE kind = 'document'")
    op.drop_table("attachment_part")
    op.drop_index("ix_attachment_added_by", table_name="attachment")
    op.drop_index("ix_attachment_scan", table_name="attachment")
    op.drop_table("attachment")


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
