import Domain

extension Words {
    func callAsFunction(_ item: CaptureItem) -> String { self("item.\(item.rawValue)") }

    func callAsFunction(_ reason: Verdict.Rejection) -> String { self("rejection.\(reason.rawValue)") }

    /// In a word or two, with the reason.
    func callAsFunction(_ verdict: Verdict) -> String {
        switch verdict {
        case .confirmed: self("verdict.confirmed")
        case .rejected(let reason): self("verdict.rejectedFor", ["reason": self(reason)])
        case .duplicate: self("verdict.duplicate")
        case .merged: self("verdict.merged")
        }
    }

    func callAsFunction(_ grade: Grade) -> String { self("grade.\(grade.rawValue)") }

    func callAsFunction(_ hours: CaptureRule.Hours) -> String { self("hours.\(hours.rawValue)") }

    func callAsFunction(_ state: AnalysisHealth.State) -> String { self("analysisState.\(state.rawValue)") }

    func callAsFunction(_ kind: EvidenceFile.Kind) -> String { self("evidence.\(kind.rawValue)") }

    /// What a model says it sees: `person`, `head`, a capture's item; anything else as it is.
    func sight(_ label: String) -> String {
        if has("sight.\(label)") { return self("sight.\(label)") }
        return has("item.\(label)") ? self("item.\(label)") : label
    }
}

extension Wording {
    /// 0…1 with two decimals: `0.87`.
    func score(_ value: Double) -> String { decimal(value, places: 2) }

    /// Seconds as a rule has them: `3`, `0.5`.
    func seconds(_ value: Double) -> String { tenths(value) }

    /// `10,000+` where nobody counted further.
    func count(_ count: LimitedCount) -> String { self.count(count.value) + (count.isMore ? "+" : "") }

    /// With commas between thousands.
    func count(_ value: Int) -> String {
        let digits = Array("\(abs(value))")
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// With a fixed number of decimals, for numbers that stand under one another and for drawings.
    func decimal(_ value: Double, places: Int) -> String { Decimal.text(value, places: places) }

    /// `05:30`
    func clock(minute: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    func workingHours(_ hours: WorkingHours) -> String {
        let days = hours.weekdays.sorted().map { words("weekday.\($0)") }
        return words(
            "hours.span",
            [
                "days": hours.weekdays.count == 7 ? words("weekday.all") : days.joined(separator: words("list.comma")),
                "from": clock(minute: hours.startMinute), "to": clock(minute: hours.endMinute),
            ])
    }

    /// A rule in one line: `工作时间 · 持续 3 秒 · 全画面`.
    func summary(_ rule: CaptureRule, of item: CaptureItem) -> String {
        guard rule.isOn else { return words("rule.off") }
        var parts = [
            words(rule.hours), words("rule.lasts", ["seconds": seconds(rule.sustainedSeconds)]),
        ]
        if !item.isCameraState {
            parts.append(
                rule.zones.isEmpty
                    ? words("rule.wholePicture") : words("rule.zoneCount", ["count": "\(rule.zones.count)"]))
        }
        return parts.joined(separator: " · ")
    }
}

/// Numbers as text without an exponent.
enum Decimal {
    static func text(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((value * scale).rounded())
        guard places > 0 else { return "\(scaled)" }
        let digits = "\(abs(scaled))"
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// Without zeros at the end.
    static func short(_ value: Double, places: Int) -> String {
        var text = Substring(text(value, places: places))
        while text.contains("."), text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text == "-0" ? "0" : String(text)
    }
}
