public import Domain

/// The rules that cases go by: policies, calendars and working hours.
public struct RuleRecords {
    let connection: any Connection

    public func policies() throws -> PolicyHistory {
        PolicyHistory(
            try connection.all("select from_ms, policy from case_policy order by from_ms") { row in
                PolicyHistory.Version(from: try row.value(0), try row.json(1))
            })
    }

    /// One that begins at the same moment is replaced: it never held.
    public func add(_ policy: CasePolicy, from time: UTCTime) throws {
        try connection.execute(
            """
            insert into case_policy (from_ms, policy) values (\(time), \(try JSONColumn.text(policy)))
            on conflict (from_ms) do update set policy = excluded.policy
            """)
    }

    /// The county's own; nil until somebody sets it.
    public func calendar() throws -> SchoolCalendar? { try entry("county").calendar }
    public func hours() throws -> WorkingHours? { try entry("county").hours }

    /// What a school has of its own; nil = as the county.
    public func calendar(of school: SchoolID) throws -> SchoolCalendar? { try entry("school/\(school)").calendar }
    public func hours(of school: SchoolID) throws -> WorkingHours? { try entry("school/\(school)").hours }

    /// Schools with a calendar or hours of their own, by name.
    public func schoolsWithOwnTime() throws -> [School] {
        let places = try connection.all(
            "select place from school_time where place <> 'county' and (calendar is not null or hours is not null)"
        ) { row in try row.value(0, as: String.self) }
        let schools = PlaceRecords(connection: connection)
        return try places.compactMap { place in
            try SchoolID(String(place.dropFirst(7))).flatMap { try schools.school($0) }
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Hours in which cameras' kitchens work, where somebody has set any: the school's own, else the county's.
    public func hoursOfCameras() throws -> [CameraID: WorkingHours] {
        let county = try hours()
        var bySchool: [SchoolID: WorkingHours?] = [:]
        var hours: [CameraID: WorkingHours] = [:]
        let cameras = try connection.all(
            "select camera.id, area.school_id from camera join area on area.id = camera.area_id"
        ) { row in (camera: try row.value(0, as: CameraID.self), school: try row.value(1, as: SchoolID.self)) }
        for (camera, school) in cameras {
            if bySchool[school] == nil { bySchool[school] = .some(try self.hours(of: school)) }
            hours[camera] = (bySchool[school] ?? nil) ?? county
        }
        return hours
    }

    /// - Parameter school: nil = the county.
    public func set(_ calendar: SchoolCalendar?, _ hours: WorkingHours?, of school: SchoolID?) throws {
        try connection.execute(
            """
            insert into school_time (place, calendar, hours)
            values (\(school.map { "school/\($0)" } ?? "county"), \(try calendar.map(JSONColumn.text)),
              \(try hours.map(JSONColumn.text)))
            on conflict (place) do update set calendar = excluded.calendar, hours = excluded.hours
            """)
    }

    /// How time counts for a school: its own calendar and hours, else the county's, else the standard.
    public func time(of school: SchoolID, in zone: TerritoryZone) throws -> SchoolTime {
        let (own, county) = (try entry("school/\(school)"), try entry("county"))
        return SchoolTime(
            calendar: own.calendar ?? county.calendar ?? SchoolCalendar(),
            hours: own.hours ?? county.hours ?? .standard, zone: zone)
    }

    public func rules(of school: SchoolID, in zone: TerritoryZone) throws -> CaseRules {
        CaseRules(time: try time(of: school, in: zone), policies: try policies())
    }

    private func entry(_ place: String) throws -> (calendar: SchoolCalendar?, hours: WorkingHours?) {
        try connection.first("select calendar, hours from school_time where place = \(place)") { row in
            let (calendar, hours): (String?, String?) = (try row.value(0), try row.value(1))
            return (calendar == nil ? nil : try row.json(0), hours == nil ? nil : try row.json(1))
        } ?? (nil, nil)
    }
}
