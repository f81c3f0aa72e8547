namespace PLService.LocalPostgres;

/// <summary>The SQL that makes the four roles.</summary>
internal static class RoleStatements
{
    /// <summary>Held to the end of the transaction; the number is arbitrary, only ours.</summary>
    public const string Lock = "SELECT pg_advisory_xact_lock(7523094288207667809)";

    /// <summary>
    /// Attributes are altered only where they deviate: an admin that is not a superuser may make roles without SUPERUSER and BYPASSRLS,
    /// but not mention them when altering. Passwords are base64url and need no quoting.
    /// </summary>
    public static string Ensure(string ownerPassword, string appPassword) => $"""
        DO $$
        DECLARE
          r record;
        BEGIN
          FOR r IN SELECT * FROM (VALUES
              ('{LocalDatabases.OwnerRole}', true, true, '{ownerPassword}'),
              ('{LocalDatabases.AppRole}', true, false, '{appPassword}'),
              ('{LocalDatabases.WorkerRole}', false, true, NULL),
              ('{LocalDatabases.DoorRole}', false, true, NULL)) AS wanted(name, login, inherit, password)
          LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r.name) THEN
              EXECUTE format('CREATE ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', r.name);
            END IF;
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = r.name AND (rolsuper OR rolbypassrls)) THEN
              EXECUTE format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS', r.name);
            END IF;
            EXECUTE format('ALTER ROLE %I %s %s', r.name,
              CASE WHEN r.login THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN r.inherit THEN 'INHERIT' ELSE 'NOINHERIT' END);
            IF r.password IS NOT NULL THEN
              EXECUTE format('ALTER ROLE %I PASSWORD %L', r.name, r.password);
            END IF;
          END LOOP;
          -- To make a database for an owner one has to be able to act as that owner.
          IF NOT pg_has_role(current_user, '{LocalDatabases.OwnerRole}', 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', '{LocalDatabases.OwnerRole}');
          END IF;
        END $$
        """;

    /// <summary>The app may become worker or door by SET ROLE and has none of their rights before; from 16 on the grant says so.</summary>
    public static string Membership(int major) =>
        $"GRANT {LocalDatabases.WorkerRole}, {LocalDatabases.DoorRole} TO {LocalDatabases.AppRole}" + (major >= 16 ? " WITH INHERIT FALSE, SET TRUE" : "");
}
