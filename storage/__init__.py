"""The database: tables, migrations, the writer, repositories; nothing else knows SQL."""
