public import Domain
public import Supervision

extension Site {
    /// News in words, for a channel. The address leads to what they are about, when this node's public address is set.
    public func message(for news: News, in language: NoticeChannel.Language) -> NoticeMessage {
        switch news {
        case .ofCase(let news): message(for: news, in: language)
        case .ofWarning(let news): message(for: news, in: language)
        case .affair(let news): message(for: news, in: language)
        }
    }

    private func message(for news: WarningNews, in language: NoticeChannel.Language) -> NoticeMessage {
        let wording = Wording(words: words(language), zone: settings.zone, now: time.now())
        let words = wording.words
        let what = words("warning.news", ["kind": words(news.warning.reason.kind)])
        return NoticeMessage(
            subject: words(
                "message.subject", ["what": what, "school": news.place ?? words("warning.county")]),
            lines: [
                wording.sentence(news.warning.reason, at: news.place),
                words("message.time", ["time": wording.exactMinute(news.time)]),
            ],
            address: settings.publicAddress.map { $0 + SiteURL.warnings(.page(.value(news.id))).path },
            addressLabel: words("warning.open"))
    }

    private func message(for news: AffairNews, in language: NoticeChannel.Language) -> NoticeMessage {
        let wording = Wording(words: words(language), zone: settings.zone, now: time.now())
        let words = wording.words
        let what = words(news.affair.kind)
        var lines = [what]
        if let school = news.school { lines.append(words("message.school", ["school": school])) }
        lines.append(words("message.time", ["time": wording.exactMinute(news.time)]))
        return NoticeMessage(
            subject: news.school.map { words("message.subject", ["what": what, "school": $0]) } ?? what, lines: lines,
            address: settings.publicAddress.map { $0 + SiteURL.page(of: news.affair).path },
            addressLabel: words("message.openAffair"))
    }

    private func message(for news: CaseNews, in language: NoticeChannel.Language) -> NoticeMessage {
        let wording = Wording(words: words(language), zone: settings.zone, now: time.now())
        let words = wording.words
        let what =
            if case .extended(let until) = news.notice {
                words("message.extended", ["time": wording.exactMinute(until)])
            } else {
                words(news.notice)
            }
        var lines = [
            what,
            words("message.school", ["school": news.school]),
            words("message.matter", ["matter": words(news.matter), "grade": words(news.grade)]),
        ]
        if let due = news.due {
            lines.append(
                words("message.due", ["clock": words(due.kind), "time": wording.exactMinute(due.time)]))
        }
        lines.append(words("message.case", ["number": "\(news.number)"]))
        lines.append(words("message.time", ["time": wording.exactMinute(news.time)]))
        return NoticeMessage(
            subject: words("message.subject", ["what": what, "school": news.school]), lines: lines,
            address: settings.publicAddress.map { $0 + SiteURL.casePage(.value(news.caseID)).path },
            addressLabel: words("message.open"))
    }

    /// A reminder in words, for a channel of a school.
    public func message(for outgoing: OutgoingReminder, in language: NoticeChannel.Language) -> NoticeMessage {
        let wording = Wording(words: words(language), zone: settings.zone, now: time.now())
        let words = wording.words
        let (subject, lines, url): (String, [String], SiteURL) =
            switch outgoing.reminder.content {
            case .duties(let slots, let due):
                (
                    words("reminder.duties", ["count": wording.count(slots.count), "time": wording.exactMinute(due)]),
                    slots.map { words($0) }, .duty(.day)
                )
            case .paper(let paper):
                (
                    words(
                        "reminder.paper",
                        ["paper": words(paper.kind), "left": wording.daysLeft(paper.daysLeft)]),
                    [
                        words("reminder.number", ["number": paper.paper]),
                        words("reminder.through", ["day": "\(paper.validThrough)"]),
                    ], .duty(.papers)
                )
            }
        return NoticeMessage(
            subject: words("message.subject", ["what": subject, "school": outgoing.school]),
            lines: [subject, words("message.school", ["school": outgoing.school])] + lines,
            address: settings.publicAddress.map { $0 + url.path }, addressLabel: words("reminder.open"))
    }

    /// What is sent to try a channel.
    func trialMessage(in language: NoticeChannel.Language) -> NoticeMessage {
        let wording = Wording(words: words(language), zone: settings.zone, now: time.now())
        let words = wording.words
        return NoticeMessage(
            subject: words("message.trial"),
            lines: [
                words("message.trialText"), words("message.time", ["time": wording.exactMinute(wording.now)]),
            ], address: settings.publicAddress, addressLabel: words("message.openSite"))
    }

    private func words(_ language: NoticeChannel.Language) -> Words {
        switch language {
        case .simplifiedChinese: catalogues[.simplifiedChinese]
        case .english: catalogues[.english]
        }
    }
}

extension SiteURL {
    /// Where an affair is looked at.
    static func page(of affair: Affair) -> SiteURL {
        switch affair.kind {
        case .inspectionHandedIn, .inspectionDisputed, .inspectionDecided:
            SpotInspectionID(String(affair.subject.dropFirst("inspection/".count))).map {
                .inspection(.sheet(.value($0)))
            } ?? .inspection(.list)
        case .concernReceived, .concernOverdue:
            ConcernID(String(affair.subject.dropFirst("concern/".count))).map { .concern(.sheet(.value($0))) }
                ?? .concern(.list)
        }
    }
}

extension Words {
    func callAsFunction(_ kind: Affair.Kind) -> String { self("affair.\(kind.rawValue)") }
    func callAsFunction(_ kind: NoticeChannel.Kind) -> String { self("channel.kind.\(kind.rawValue)") }
    func callAsFunction(_ scope: NoticeChannel.Scope) -> String { self("channel.scope.\(scope.rawValue)") }
    func callAsFunction(_ state: Delivery.State) -> String { self("delivery.state.\(state.rawValue)") }

    /// Why a message was not taken, with what the other side said.
    func callAsFunction(_ fault: SendFault) -> String {
        let text = self("fault.\(fault.kind.rawValue)")
        return fault.answer.isEmpty ? text : self("fault.quoting", ["fault": text, "answer": fault.answer])
    }

    func callAsFunction(_ outcome: SendOutcome) -> String {
        switch outcome {
        case .sent(let answer): self("channelTrial.sent", ["answer": answer])
        case .later(let fault), .refused(let fault): self("channelTrial.failed", ["fault": self(fault)])
        case .unknown(let fault): self("channelTrial.unknown", ["fault": self(fault)])
        }
    }
}

/// What bodies and people are called.
struct OwnerNames: Sendable {
    let people: [PersonID: Person]
    let schools: [SchoolID: School]
    let offices: [TownshipID: Township]

    /// - Parameter people: Those that may be named.
    init(_ site: Site, people: [Person], for principal: Principal) async throws {
        let places = site.supervision.places
        self.people = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        schools = Dictionary(
            try await places.tree(for: principal).map { ($0.school.id, $0.school) },
            uniquingKeysWith: { first, _ in first }
        )
        offices = Dictionary(
            try await places.townships(for: principal).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Everybody that notices go to, the county's first.
    var bodies: [Body] {
        [.marketRegulation]
            + offices.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { .townshipOffice($0.id) }
            + [.educationBureau, .countyLeadership]
            + schools.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { .school($0.id) }
    }

    func name(_ body: Body, _ wording: Wording) -> String { wording.body(body, schools: schools, offices: offices) }

    func name(_ id: PersonID, _ wording: Wording) -> String { people[id]?.name ?? wording.words("actor.gone") }

    func name(_ owner: NoticeChannel.Owner, _ wording: Wording) -> String {
        switch owner {
        case .body(let body): name(body, wording)
        case .person(let id): name(id, wording)
        }
    }
}
