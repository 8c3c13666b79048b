/// Warns when something goes on at a school in several nights. (夜间活动)
public struct NightRule: Hashable, Sendable, Codable {
    /// Rats or people: what counts.
    public var item: CaptureItem
    /// 1…30, of so many nights in a row, `nights`…60.
    public var nights: Int
    public var ofNights: Int

    public init(_ item: CaptureItem = .rodent, nights: Int = 2, of ofNights: Int = 7) {
        self.item = item
        self.nights = nights
        self.ofNights = ofNights
    }

    public var isValid: Bool { (1...30).contains(nights) && (nights...max(nights, 60)).contains(ofNights) }

    /// Every time the rule was met at one school; the same nights warn once.
    /// - Parameter times: When the item was there, any hour: only what lies outside of the school's hours counts.
    public func met(by times: some Sequence<UTCTime>, _ time: SchoolTime) -> [NightActivity] {
        let nightly = Dictionary(grouping: times.filter { !time.isWorking(at: $0) }) { time.night(of: $0) }
        var (recent, found): ([Day], [NightActivity]) = ([], [])
        for night in nightly.keys.sorted() {
            recent = recent.filter { night - $0 < ofNights } + [night]
            if recent.count >= nights {
                found.append(
                    NightActivity(
                        item: item, nights: recent.count, ofNights: ofNights,
                        sightings: recent.reduce(0) { $0 + (nightly[$1]?.count ?? 0) }, firstNight: recent[0],
                        lastNight: night))
                recent = []
            }
        }
        return found
    }
}

extension SchoolTime {
    /// A night belongs to the day on whose evening it began: noon is far from any night.
    func night(of moment: UTCTime) -> Day { day(of: moment - .seconds(43_200)) }
}

/// Seen in `nights` of the last `ofNights` nights, `sightings` times. A night has the date of its evening.
public struct NightActivity: Hashable, Sendable, Codable {
    public var item: CaptureItem
    public var nights: Int
    public var ofNights: Int
    public var sightings: Int
    public var firstNight: Day
    public var lastNight: Day
}
