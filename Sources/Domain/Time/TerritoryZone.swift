/// The zone in which a territory's people read the clock. A fixed offset: China keeps one zone with no summer time.
public struct TerritoryZone: Hashable, Sendable {
    /// IANA name, for browsers: `Asia/Shanghai`.
    public let name: String
    /// Minutes east of UTC, −1080…1080.
    public let offsetMinutes: Int

    public init(name: String, offsetMinutes: Int) {
        self.name = name
        self.offsetMinutes = offsetMinutes
    }

    public static let shanghai = TerritoryZone(name: "Asia/Shanghai", offsetMinutes: 480)

    public func civil(_ time: UTCTime) -> CivilTime {
        CivilTime(millisecondsSince1970: time.milliseconds + Int64(offsetMinutes) * 60_000)
    }

    public func time(_ civil: CivilTime) -> UTCTime {
        UTCTime(milliseconds: civil.millisecondsSince1970 - Int64(offsetMinutes) * 60_000)
    }

    /// The whole day that holds a moment.
    public func day(of time: UTCTime) -> TimeSpan {
        var midnight = civil(time)
        (midnight.hour, midnight.minute, midnight.second, midnight.millisecond) = (0, 0, 0, 0)
        return TimeSpan(start: self.time(midnight), duration: .seconds(86_400))
    }

    /// `+08:00`, `Z` for no offset.
    public var suffix: String {
        guard offsetMinutes != 0 else { return "Z" }
        let minutes = abs(offsetMinutes)
        return (offsetMinutes < 0 ? "-" : "+") + twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60)
    }

    /// ISO 8601 with milliseconds and offset: `2026-11-23T08:15:00.000+08:00`.
    public func iso8601(_ time: UTCTime) -> String {
        let local = civil(time)
        return "\(local.date)T\(local.clock).\(threeDigits(local.millisecond))\(suffix)"
    }

    /// Reads ISO 8601 (`2026-11-23T08:15:00[.fff][Z|±hh:mm]`; a blank may stand for `T`, seconds may be missing);
    /// without an offset it is this zone's time. nil for anything else, impossible dates included.
    public func parse(_ text: String) -> UTCTime? {
        let characters = Array(text.utf8)
        guard characters.count >= 16, characters[10] == UInt8(ascii: "T") || characters[10] == UInt8(ascii: " "),
            let date = CivilTime(date: String(decoding: characters[..<10], as: UTF8.self))
        else { return nil }
        var rest = characters[11...]
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits, rest.prefix(digits).allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            let value = rest.prefix(digits).reduce(0) { $0 * 10 + Int($1 - 0x30) }
            rest = rest.dropFirst(digits)
            return value
        }
        func skip(_ character: Character) -> Bool {
            guard rest.first == character.asciiValue else { return false }
            rest = rest.dropFirst()
            return true
        }
        var local = date
        guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else { return nil }
        (local.hour, local.minute) = (hour, minute)
        if skip(":") {
            guard let second = number(2), second < 60 else { return nil }
            local.second = second
            if skip(".") {
                var digits = 0
                while let digit = number(1) {
                    if digits < 3 { local.millisecond = local.millisecond * 10 + digit }
                    digits += 1
                }
                guard digits > 0 else { return nil }
                for _ in digits..<max(3, digits) { local.millisecond *= 10 }
            }
        }
        if rest.isEmpty { return time(local) }
        if skip("Z") { return rest.isEmpty ? UTCTime(milliseconds: local.millisecondsSince1970) : nil }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours <= 18 else { return nil }
        _ = skip(":")
        guard let minutes = number(2), minutes < 60, rest.isEmpty else { return nil }
        return TerritoryZone(name: "", offsetMinutes: sign * (hours * 60 + minutes)).time(local)
    }
}
