public import Domain

/// How cameras' pictures are analysed, and how many were.
public struct AnalysisRecords {
    let connection: any Connection

    /// Only of cameras for which somebody has set anything but the standard.
    public func settings() throws -> [CameraID: AnalysisSettings] {
        var all: [CameraID: AnalysisSettings] = [:]
        try connection.forEach(
            """
            select a.camera_id, a.is_on, a.least_head_pixels, a.masks
            from camera_analysis as a join camera on camera.id = a.camera_id where camera.removed_ms is null
            """
        ) { row in
            all[try row.value(0)] = AnalysisSettings(
                isOn: try row.value(1), masks: try row.json(3), leastHeadPixels: try row.value(2))
            return true
        }
        try connection.forEach("select \(ruleColumns) from capture_rule") { row in
            let camera: CameraID = try row.value(0)
            all[camera]?.rules[try row.value(1)] = try CaptureRule(row: row)
            return true
        }
        return all
    }

    public func settings(of camera: CameraID) throws -> AnalysisSettings {
        guard
            var settings = try connection.first(
                "select is_on, least_head_pixels, masks from camera_analysis where camera_id = \(camera)",
                { row in
                    AnalysisSettings(isOn: try row.value(0), masks: try row.json(2), leastHeadPixels: try row.value(1))
                })
        else { return .standard }
        try connection.forEach("select \(ruleColumns) from capture_rule where camera_id = \(camera)") { row in
            settings.rules[try row.value(1)] = try CaptureRule(row: row)
            return true
        }
        return settings
    }

    /// The standard leaves no rows.
    public func set(_ settings: AnalysisSettings, of camera: CameraID) throws {
        try connection.execute("delete from camera_analysis where camera_id = \(camera)")
        guard settings != .standard else { return }
        try connection.execute(
            """
            insert into camera_analysis (camera_id, is_on, least_head_pixels, masks)
            values (\(camera), \(settings.isOn), \(settings.leastHeadPixels), \(try JSONColumn.text(settings.masks)))
            """)
        for (item, rule) in settings.rules {
            try connection.execute(
                """
                insert into capture_rule (camera_id, item, is_on, hours, sustained_ms, cooldown_ms, threshold, zones)
                values (\(camera), \(item), \(rule.isOn), \(rule.hours), \(milliseconds(rule.sustainedSeconds)),
                  \(milliseconds(rule.cooldownSeconds)), \(rule.threshold), \(try JSONColumn.text(rule.zones)))
                """)
        }
    }

    /// Adds to what was counted in the hour that holds `time`.
    public func count(_ camera: CameraID, at time: UTCTime, frames: Int, records: Int) throws {
        let hour = time.milliseconds - time.milliseconds % 3_600_000
        try connection.execute(
            """
            insert into analysis_count (camera_id, hour_ms, frame_count, record_count)
            values (\(camera), \(hour), \(frames), \(records))
            on conflict (camera_id, hour_ms) do update
              set frame_count = analysis_count.frame_count + excluded.frame_count,
                record_count = analysis_count.record_count + excluded.record_count
            """)
    }

    /// Of the whole hours that begin in the span; nil = of all time. Without captures.
    public func figures(_ span: TimeSpan?, school: SchoolID?, in territory: Territory?) throws -> AnalysisFigures {
        var sql: SQL = """
            select cast(coalesce(sum(n.frame_count), 0) as bigint), cast(coalesce(sum(n.record_count), 0) as bigint),
              count(distinct area.school_id), count(distinct n.camera_id)
            from analysis_count as n join camera on camera.id = n.camera_id join area on area.id = camera.area_id
            where \(SQL.areaLies(in: territory))
            """
        if let school { sql = sql + " and area.school_id = \(school)" }
        if let span { sql = sql + " and n.hour_ms >= \(span.start) and n.hour_ms < \(span.end)" }
        return try connection.first(sql) { row in
            AnalysisFigures(
                frames: try row.value(0), records: try row.value(1), captures: [:], schools: try row.value(2),
                cameras: try row.value(3))
        } ?? AnalysisFigures(frames: 0, records: 0, captures: [:], schools: 0, cameras: 0)
    }

    private func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
}

private let ruleColumns: SQL = """
    camera_id, item, is_on, hours, sustained_ms, cooldown_ms, threshold, zones
    """

extension CaptureRule {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            isOn: try row.value(2), hours: try row.value(3),
            sustainedSeconds: Double(try row.value(4, as: Int.self)) / 1000,
            cooldownSeconds: Double(try row.value(5, as: Int.self)) / 1000, threshold: try row.value(6),
            zones: try row.json(7))
    }
}
