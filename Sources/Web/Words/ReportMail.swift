public import Domain
public import Supervision

extension Site {
    /// The document of a report whose time has come.
    public func document(of due: DueReport) async throws -> [UInt8] {
        let wording = wording(due.schedule.language)
        let (report, text) = try await report(due.name, in: due.schedule.territory, wording, for: .node)
        return try await ReportFiles(site: self).document(report, text, wording)
    }

    /// The letter that brings a finished report.
    public func message(for issue: ReportIssue, document: [UInt8]) async throws -> NoticeMessage {
        let wording = wording(issue.language)
        let words = wording.words
        let names = try await ReportNames(self, for: .node)
        let place = names.place(issue.territory, words)
        let title = words("report.title.\(issue.kind.rawValue)", ["place": place])
        let span = words.span(issue.kind, issue.days)
        return NoticeMessage(
            subject: words("report.mail.subject", ["title": title, "span": span]),
            lines: [
                words(
                    "report.mail.text",
                    ["title": title, "span": span, "from": "\(issue.days.first)", "to": "\(issue.days.last)"]),
                words("report.mail.hash", ["sha256": issue.sha256.hexadecimal]),
                words("message.time", ["time": wording.exactMinute(issue.madeAt)]),
            ],
            address: settings.publicAddress.map {
                $0 + SiteURL.report(.page(.value(issue.name))).with([("place", "\(issue.territory)")])
            }, addressLabel: words("report.mail.open"),
            attachments: [
                NoticeAttachment(
                    name: "\(title) \(span)".replacing("/", with: "_") + ".pdf", mediaType: "application/pdf",
                    bytes: document)
            ])
    }

    private func wording(_ language: NoticeChannel.Language) -> Wording {
        let words = catalogues[language == .simplifiedChinese ? .simplifiedChinese : .english]
        return Wording(words: words, zone: settings.zone, now: time.now())
    }
}
