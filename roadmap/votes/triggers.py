"""The triggers that keep tallies exact on every way in; the migrations create and drop them."""

COUNTED = {"agree": "{row}.choice = 1", "disagree": "{row}.choice = -1", "passed": "{row}.choice = 0"}
TABLES = {
    "votes": ("tallies", "proposal_id", COUNTED),
    "effective_votes": ("effective_tallies", "lead_id", {**COUNTED, "asked_again": "{row}.conflict"}),
}


def _changes(table: str, row: str, sign: str) -> str:
    """Add (`+`) or take away (`-`) what the row counts as. Standard SQL, the same on both databases."""
    tally, key, counted = TABLES[table]
    sums = ", ".join(
        f"{column} = {tally}.{column} {sign} CASE WHEN {condition.format(row=row)} THEN 1 ELSE 0 END"
        for column, condition in counted.items()
    )
    return (
        f"UPDATE {tally} SET {sums}, version = {tally}.version + 1 "  # noqa: S608
        f"WHERE {key} = {row}.{key} AND pool = {row}.pool;"
    )


def _row_exists(table: str) -> str:
    tally, key, counted = TABLES[table]
    return (
        f"INSERT INTO {tally} ({key}, pool, {', '.join(counted)}, version) "  # noqa: S608
        f"VALUES (NEW.{key}, NEW.pool, {', '.join('0' for _ in counted)}, 0) ON CONFLICT ({key}, pool) DO NOTHING;"
    )


def create(dialect: str) -> list[str]:
    """The statements that create the triggers on `sqlite` or `postgresql`."""
    return [statement for table in TABLES for statement in _create(table, dialect)]


def _create(table: str, dialect: str) -> list[str]:
    added = f"{_row_exists(table)} {_changes(table, 'NEW', '+')}"
    taken = _changes(table, "OLD", "-")
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION {table}_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {taken} END IF; IF TG_OP <> 'DELETE' THEN {added} END IF; "
            f"RETURN NULL; END $$",
            f"CREATE TRIGGER {table}_tally AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_tally()",
        ]
    return [
        f"CREATE TRIGGER {table}_{verb.lower()} AFTER {verb} ON {table} BEGIN {body} END"
        for verb, body in {"INSERT": added, "DELETE": taken, "UPDATE": f"{taken} {added}"}.items()
    ]


def drop(dialect: str) -> list[str]:
    """The statements that drop them."""
    if dialect == "postgresql":
        return [f"DROP FUNCTION {table}_tally() CASCADE" for table in TABLES]
    return [f"DROP TRIGGER {table}_{verb}" for table in TABLES for verb in ("insert", "update", "delete")]
