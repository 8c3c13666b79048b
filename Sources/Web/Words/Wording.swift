import Domain

/// Times, amounts and states in the reader's words.
struct Wording: Sendable {
    let words: Words
    let zone: TerritoryZone
    let now: UTCTime

    /// A moment: relative for the last day, with the exact time behind it; else date and time.
    func moment(_ time: UTCTime) -> Moment {
        let age = now - time
        let shown: String
        if age >= .zero, age < .seconds(86_400) {
            shown = age < .seconds(10) ? words("time.now") : words("time.ago", ["time": words(age)])
        } else {
            shown = String(exact(time).dropLast(3))
        }
        return Moment(machine: zone.iso8601(time), exact: exact(time), shown: shown)
    }

    /// `2026-11-23 08:15:30`
    func exact(_ time: UTCTime) -> String {
        let local = zone.civil(time)
        return "\(local.date) \(local.clock)"
    }

    /// `2026-11-23T08:15`, as date and time fields of forms want it.
    func field(_ time: UTCTime) -> String {
        let local = zone.civil(time)
        return "\(local.date)T\(local.clock.dropLast(3))"
    }

    func bitRate(_ bitsPerSecond: Int) -> String {
        bitsPerSecond >= 1_000_000
            ? "\(tenths(Double(bitsPerSecond) / 1e6)) Mbit/s" : "\((bitsPerSecond + 500) / 1000) kbit/s"
    }

    func frameRate(_ framesPerSecond: Double) -> String { tenths(framesPerSecond) }

    func size(_ width: Int, _ height: Int) -> String { "\(width) × \(height)" }

    func bytes(_ count: Int64) -> String {
        switch count {
        case 1_000_000_000...: "\(tenths(Double(count) / 1e9)) GB"
        case 1_000_000...: "\(tenths(Double(count) / 1e6)) MB"
        default: "\(count / 1000) kB"
        }
    }

    /// 0…1 as per cent; never 100 unless it is all.
    func share(_ value: Double) -> String {
        value >= 1 ? "100%" : "\(tenths((value * 1000).rounded(.down) / 10))%"
    }

    /// `H.264` for `avc1.64001F`, `H.265` for `hvc1…`; anything else as it is.
    func codec(_ codecs: String) -> String {
        if codecs.hasPrefix("avc") { return "H.264" }
        if codecs.hasPrefix("hvc") || codecs.hasPrefix("hev") { return "H.265" }
        return codecs
    }

    /// The area's own name, or its kind's.
    func area(_ area: Area) -> String {
        area.name.isEmpty ? words("area.\(area.kind.rawValue)") : area.name
    }

    /// One decimal, without a trailing zero.
    func tenths(_ value: Double) -> String {
        let scaled = Int64((value * 10).rounded())
        return scaled % 10 == 0 ? "\(scaled / 10)" : "\(scaled / 10).\(abs(scaled % 10))"
    }
}

/// A time as a page shows it.
struct Moment: Sendable, Hashable {
    /// ISO 8601, for `datetime`.
    let machine: String
    let exact: String
    let shown: String
}

extension Words {
    /// A duration in words, in its one or two largest units: `2 小时 5 分`.
    func callAsFunction(_ duration: Duration) -> String {
        let seconds = max(0, duration.inMilliseconds / 1000)
        func part(_ unit: String, _ count: Int64) -> String { self("duration.\(unit)", ["count": "\(count)"]) }
        switch seconds {
        case ..<60: return part("seconds", seconds)
        case ..<600 where seconds % 60 != 0: return part("minutes", seconds / 60) + " " + part("seconds", seconds % 60)
        case ..<3600: return part("minutes", seconds / 60)
        case ..<86_400 where seconds % 3600 >= 60:
            return part("hours", seconds / 3600) + " " + part("minutes", seconds % 3600 / 60)
        case ..<86_400: return part("hours", seconds / 3600)
        default: return part("days", seconds / 86_400)
        }
    }

    /// What happened, in a few words.
    func callAsFunction(_ kind: SourceFailure.Kind) -> String { self("failure.\(kind.rawValue).what") }

    /// Why a camera has no footage.
    func callAsFunction(_ reason: RecordingGap.Reason) -> String { self("gap.\(reason.rawValue)") }
}
