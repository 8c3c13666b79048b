/// What a county's schools had, by school: the facts of which rules are asked. (预警事实)
///
/// A capture counts unless somebody judged it false or a duplicate; those that wait count, since most will stand.
public struct WarningHistory: Sendable {
    /// A school that is watched.
    public struct Watched: Hashable, Sendable {
        public var path: PlacePath
        public var time: SchoolTime
        /// Those that are switched on now.
        public var cameras: [CameraID]

        public init(_ path: PlacePath, _ time: SchoolTime, cameras: [CameraID]) {
            self.path = path
            self.time = time
            self.cameras = cameras
        }
    }

    struct Sighting: Hashable, Sendable {
        var item: CaptureItem
        var time: UTCTime
    }

    public let schools: [SchoolID: Watched]
    public let zone: TerritoryZone
    /// In the order of time.
    private(set) var sightings: [SchoolID: [Sighting]] = [:]
    /// Days on which at least one picture was analysed, in order.
    private(set) var analysed: [SchoolID: [Day]] = [:]

    /// - Parameter places: Of every camera that ever captured anything.
    public init(
        _ captures: CaptureFacts, analysed days: [AnalysedDay], places: [CameraID: CameraPlace],
        schools: [SchoolID: Watched], zone: TerritoryZone
    ) {
        self.schools = schools
        self.zone = zone
        let all = TimeSpan(start: UTCTime(milliseconds: 0), end: UTCTime(milliseconds: .max))
        captures.forEach(in: all) { camera, item, outcome, time in
            guard outcome != .rejected, outcome != .duplicate, let school = places[camera]?.place.school,
                schools[school] != nil
            else { return }
            sightings[school, default: []].append(Sighting(item: item, time: time))
        }
        var seen: [SchoolID: Set<Day>] = [:]
        for day in days where day.frames > 0 {
            guard let school = places[day.camera]?.place.school, schools[school] != nil else { continue }
            seen[school, default: []].insert(day.day)
        }
        analysed = seen.mapValues { $0.sorted() }
    }

    /// The first day on which anything was watched.
    public var firstDay: Day? { analysed.values.compactMap(\.first).min() }

    /// When the item was there, by school; from a moment on.
    func times(of item: CaptureItem, from start: UTCTime? = nil, until end: UTCTime? = nil) -> [SchoolID: [UTCTime]] {
        sightings.compactMapValues { sightings in
            let times = sightings.filter { sighting in
                sighting.item == item && (start.map { sighting.time >= $0 } ?? true)
                    && (end.map { sighting.time < $0 } ?? true)
            }.map(\.time)
            return times.isEmpty ? nil : times
        }
    }

    /// How many a school had in its working hours, on the open days on which it was watched.
    ///
    /// - Parameters:
    ///   - item: nil = all that is about a kitchen, not about a camera.
    ///   - now: Days whose work is over by then.
    ///   - last: No later day.
    func counts(of item: CaptureItem?, at now: UTCTime, through last: Day? = nil) -> [SchoolID: [DayCount]] {
        var openDays: [SchoolCalendar: [Day: OpenDay]] = [:]
        var counts: [SchoolID: [DayCount]] = [:]
        let today = Day(of: now, in: zone)
        for (school, watched) in schools {
            guard let days = analysed[school], let first = firstDay, first <= today else { continue }
            let calendar = watched.time.calendar
            if openDays[calendar] == nil {
                let open = calendar.openDays(in: DaySpan(first, through: today))
                openDays[calendar] = Dictionary(uniqueKeysWithValues: open.map { ($0.day, $0) })
            }
            var (found, hours): ([DayCount], [TimeSpan]) = ([], [])
            for day in days {
                guard let open = openDays[calendar]?[day], last.map({ day <= $0 }) ?? true,
                    let working = watched.time.workingSpan(on: day), working.end <= now
                else { continue }
                found.append(DayCount(open, 0))
                hours.append(working)
            }
            let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1.open.day, $0) })
            for sighting in sightings[school] ?? [] {
                guard item.map({ $0 == sighting.item }) ?? !sighting.item.isCameraState,
                    let place = places[Day(of: sighting.time, in: zone)], hours[place].contains(sighting.time)
                else { continue }
                found[place].count += 1
            }
            counts[school] = found
        }
        return counts
    }

    /// Open days of any school, in order, each once.
    static func openDays(_ counts: [SchoolID: [DayCount]]) -> [OpenDay] {
        var byDay: [Day: OpenDay] = [:]
        // In a fixed order: where calendars differ, the same school's holds every time.
        for (_, days) in counts.sorted(by: { $0.key < $1.key }) {
            for day in days where byDay[day.open.day] == nil { byDay[day.open.day] = day.open }
        }
        return byDay.values.sorted { $0.day < $1.day }
    }
}
