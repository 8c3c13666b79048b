import Domain

extension FormFields {
    /// A moment: UTC milliseconds, or ISO 8601 (without an offset: the territory's time). nil when it is missing or empty.
    func time(_ name: String, zone: TerritoryZone) throws(WebError) -> UTCTime? {
        guard let text = text(name) else { return nil }
        // Years 1 to 9999: what calendars can show.
        let limits: ClosedRange<Int64> = -62_135_000_000_000...253_402_000_000_000
        if let milliseconds = Int64(text), limits.contains(milliseconds) { return UTCTime(milliseconds: milliseconds) }
        if let time = zone.parse(text), limits.contains(time.milliseconds) { return time }
        if let date = CivilTime(date: text) {
            let time = zone.time(date)
            if limits.contains(time.milliseconds) { return time }
        }
        throw .badRequest("time")
    }

    /// `from` and `to`, both needed, in that order.
    func span(zone: TerritoryZone, atMost maximum: Duration) throws(WebError) -> TimeSpan {
        guard let from = try time("from", zone: zone), let to = try time("to", zone: zone) else {
            throw .badRequest("spanMissing")
        }
        guard from < to else { throw .badRequest("spanOrder") }
        guard to - from <= maximum else {
            throw .spanTooLong(maximumHours: Int(maximum.inMilliseconds / 3_600_000))
        }
        return TimeSpan(start: from, end: to)
    }

    /// `from` and `to`, each may be missing; a date alone means the whole day. nil when both are missing.
    func daySpan(zone: TerritoryZone) throws(WebError) -> TimeSpan? {
        guard text("from") != nil || text("to") != nil else { return nil }
        let start = try time("from", zone: zone) ?? UTCTime(milliseconds: 0)
        var end = try time("to", zone: zone) ?? UTCTime(milliseconds: 253_402_000_000_000)
        if let to = text("to"), CivilTime(date: to) != nil { end = end + .seconds(86_400) }
        guard start < end else { throw .badRequest("spanOrder") }
        return TimeSpan(start: start, end: end)
    }
}
