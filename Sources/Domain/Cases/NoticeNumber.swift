/// The number of a notice as it is printed: 明厨告〔2026〕第 0001 号. (文号)
public struct NoticeNumber: Hashable, Sendable {
    /// The issuing authority's word for this kind of notice.
    public var series: String
    public var year: Int
    /// From 1 each year, without a hole.
    public var number: Int

    public init(series: String, year: Int, number: Int) {
        self.series = series
        self.year = year
        self.number = number
    }
}

extension NoticeNumber: LosslessStringConvertible, TextCodable {
    public var description: String {
        let digits = String(number)
        return "\(series)〔\(year)〕第 \(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits) 号"
    }

    public init?(_ text: String) {
        guard let open = text.firstIndex(of: "〔"), let close = text.firstIndex(of: "〕"), open < close,
            let year = Int(text[text.index(after: open)..<close]), text.hasSuffix(" 号")
        else { return nil }
        let rest = text[text.index(after: close)...].dropLast(2)
        guard rest.hasPrefix("第 "), let number = Int(rest.dropFirst(2)) else { return nil }
        self.init(series: String(text[..<open]), year: year, number: number)
        // Signs and odd zeros: one number has one written form.
        guard number > 0, description == text else { return nil }
    }
}

/// How notices are numbered.
public struct NoticeSeries: Hashable, Sendable, Codable {
    public var name: String

    public init(_ name: String) { self.name = name }

    public static let dispatch = NoticeSeries("明厨告")

    /// - Parameter last: The newest number of this series, of any year; nil = there is none.
    public func next(after last: NoticeNumber?, at time: UTCTime, in zone: TerritoryZone) -> NoticeNumber {
        // A clock that was set back over New Year must not give a number twice.
        let year = max(zone.civil(time).year, last?.year ?? 0)
        return NoticeNumber(series: name, year: year, number: last?.year == year ? (last?.number ?? 0) + 1 : 1)
    }
}
