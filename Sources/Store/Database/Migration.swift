import Domain

/// One step of the schema's history. A file never changes once it has shipped: what it made is in people's databases.
struct Migration: Sendable {
    let number: Int
    let name: String
    private let scripts: [Engine: String]

    /// Every step, oldest first, numbered without a hole (docs/how-to/add-a-migration.md).
    static let all: [Migration] = [
        Migration(
            1, "initial", sqlite: PackageResources._001_initial_sql,
            postgreSQL: PackageResources._001_initial_postgresql_sql),
        Migration(
            2, "captures", sqlite: PackageResources._002_captures_sql,
            postgreSQL: PackageResources._002_captures_postgresql_sql),
        Migration(
            3, "verdicts", sqlite: PackageResources._003_verdicts_sql,
            postgreSQL: PackageResources._003_verdicts_postgresql_sql),
        Migration(
            4, "grid", sqlite: PackageResources._004_grid_sql,
            postgreSQL: PackageResources._004_grid_postgresql_sql),
        Migration(
            5, "cases", sqlite: PackageResources._005_cases_sql,
            postgreSQL: PackageResources._005_cases_postgresql_sql),
        Migration(
            6, "deliveries", sqlite: PackageResources._006_deliveries_sql,
            postgreSQL: PackageResources._006_deliveries_postgresql_sql),
        Migration(
            7, "api", sqlite: PackageResources._007_api_sql,
            postgreSQL: PackageResources._007_api_postgresql_sql),
        Migration(
            8, "viewings", sqlite: PackageResources._008_viewings_sql,
            postgreSQL: PackageResources._008_viewings_postgresql_sql),
        Migration(
            9, "checkpoints", sqlite: PackageResources._009_checkpoints_sql,
            postgreSQL: PackageResources._009_checkpoints_postgresql_sql),
        Migration(
            10, "judgements", sqlite: PackageResources._010_judgements_sql,
            postgreSQL: PackageResources._010_judgements_postgresql_sql),
        Migration(
            11, "publications", sqlite: PackageResources._011_publications_sql,
            postgreSQL: PackageResources._011_publications_postgresql_sql),
        Migration(
            12, "saved-filters", sqlite: PackageResources._012_saved_filters_sql,
            postgreSQL: PackageResources._012_saved_filters_postgresql_sql),
        Migration(
            13, "hand-overs", sqlite: PackageResources._013_hand_overs_sql,
            postgreSQL: PackageResources._013_hand_overs_postgresql_sql),
        Migration(
            14, "text-templates", sqlite: PackageResources._014_text_templates_sql,
            postgreSQL: PackageResources._014_text_templates_postgresql_sql),
        Migration(
            15, "case-steps", sqlite: PackageResources._015_case_steps_sql,
            postgreSQL: PackageResources._015_case_steps_postgresql_sql),
        Migration(
            16, "frame-sample", sqlite: PackageResources._016_frame_sample_sql,
            postgreSQL: PackageResources._016_frame_sample_postgresql_sql),
        Migration(
            17, "patrol", sqlite: PackageResources._017_patrol_sql,
            postgreSQL: PackageResources._017_patrol_postgresql_sql),
        Migration(
            18, "warnings", sqlite: PackageResources._018_warnings_sql,
            postgreSQL: PackageResources._018_warnings_postgresql_sql),
        Migration(
            19, "reports", sqlite: PackageResources._019_reports_sql,
            postgreSQL: PackageResources._019_reports_postgresql_sql),
        Migration(
            20, "inspections", sqlite: PackageResources._020_inspections_sql,
            postgreSQL: PackageResources._020_inspections_postgresql_sql),
        Migration(
            21, "duties", sqlite: PackageResources._021_duties_sql,
            postgreSQL: PackageResources._021_duties_postgresql_sql),
        Migration(
            22, "activities", sqlite: PackageResources._022_activities_sql,
            postgreSQL: PackageResources._022_activities_postgresql_sql),
        Migration(
            23, "hall", sqlite: PackageResources._023_hall_sql,
            postgreSQL: PackageResources._023_hall_postgresql_sql),
        Migration(
            24, "concerns", sqlite: PackageResources._024_concerns_sql,
            postgreSQL: PackageResources._024_concerns_postgresql_sql),
        Migration(
            25, "registers", sqlite: PackageResources._025_registers_sql,
            postgreSQL: PackageResources._025_registers_postgresql_sql),
        Migration(
            26, "parents", sqlite: PackageResources._026_parents_sql,
            postgreSQL: PackageResources._026_parents_postgresql_sql),
    ]

    private init(_ number: Int, _ name: String, sqlite: [UInt8], postgreSQL: [UInt8]) {
        self.number = number
        self.name = name
        scripts = [.sqlite: sqlite, .postgreSQL: postgreSQL].mapValues { String(decoding: $0, as: UTF8.self) }
    }

    func script(for engine: Engine) -> String { scripts[engine]! }

    /// Brings the schema up to date, each step in its own transaction.
    /// - Throws: ``StoreError/Kind/newerSchema(found:known:)`` when a newer version of the program was here.
    static func apply(_ migrations: [Migration] = all, to database: any Database, at time: UTCTime) async throws {
        let known = migrations.last?.number ?? 0
        let engine = database.engine
        let applied = try await database.write { connection in
            try connection.run(script: migrationTable(engine))
            let applied =
                try connection.value("select coalesce(max(number), 0) from schema_migration", as: Int.self) ?? 0
            guard applied <= known else {
                throw StoreError(.newerSchema(found: applied, known: known), doing: "opening the database")
            }
            return applied
        }
        for migration in migrations where migration.number > applied {
            try await database.write { connection in
                // Another process may have opened the same database at the same moment.
                let number = migration.number
                guard try !connection.exists("select 1 from schema_migration where number = \(number)") else { return }
                try connection.run(script: migration.script(for: engine))
                try connection.execute(
                    """
                    insert into schema_migration (number, name, applied_ms)
                    values (\(migration.number), \(migration.name), \(time))
                    """)
            }
        }
    }

    private static func migrationTable(_ engine: Engine) -> String {
        switch engine {
        case .sqlite:
            """
            create table if not exists schema_migration (
              number integer primary key not null check (number > 0),
              name text not null,
              applied_ms integer not null check (applied_ms >= 0)
            ) strict;
            """
        case .postgreSQL:
            """
            create table if not exists schema_migration (
              number bigint primary key not null check (number > 0),
              name text collate "C" not null,
              applied_ms bigint not null check (applied_ms >= 0)
            );
            """
        }
    }
}
