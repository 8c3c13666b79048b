import Domain
import Supervision

/// The parts of an inspection in the reader's words, for its page and its document.
struct InspectionItems: Sendable {
    let sheet: InspectionSheet
    let wording: Wording

    private var words: Words { wording.words }
    private var inspection: SpotInspection { sheet.inspection }

    init(_ sheet: InspectionSheet, _ wording: Wording) {
        self.sheet = sheet
        self.wording = wording
    }

    /// nil when the report says nothing of it.
    func item(_ item: InspectionTemplate.Item, _ report: InspectionReport) -> InspectionPage.Item? {
        guard let answer = report[item.code] else { return nil }
        let isMain = report.id == inspection.report?.id
        let wasRevoked = isMain && inspection.decision?.items.contains(item.code) == true
        let caseID = isMain ? inspection.cases[item.code] : nil
        let extent = wasRevoked ? nil : answer.extent
        return InspectionPage.Item(
            code: item.code, title: words(item.title), requirement: words(item.requirement), law: words(item.law),
            outcome: outcome(answer, wasRevoked: wasRevoked),
            style: extent != nil ? "fails" : answer.outcome == .notApplicable ? "na" : "conforms",
            points: extent.map {
                words(
                    "inspection.itemPoints",
                    [
                        "severity": words("checklist.severity.\(item.severity.rawValue)"),
                        "points": "\(item.severity.points)", "extent": "\($0)",
                        "sum": "\(item.severity.points * $0)",
                    ])
            }, note: answer.note.isEmpty ? nil : answer.note, photos: answer.photos.compactMap(photo),
            hasPhotos: !answer.photos.isEmpty,
            caseNumber: caseID.flatMap { sheet.cases[$0] }.map { words("case.title", ["number": "\($0)"]) },
            caseAddress: caseID.map { SiteURL.casePage(.value($0)).path }, wasRevoked: wasRevoked,
            mayBeRevoked: inspection.dispute?.items.contains(item.code) == true)
    }

    func outcome(_ answer: InspectionAnswer, wasRevoked: Bool = false) -> String {
        if wasRevoked { return words("inspection.outcome.revoked") }
        return switch answer.outcome {
        case .conforms: words("inspection.outcome.conforms")
        case .notApplicable: words("inspection.outcome.notApplicable")
        case .fails(let extent): words("inspection.outcome.fails", ["extent": words("inspection.extent.\(extent)")])
        }
    }

    func result(of report: InspectionReport) -> String {
        let result = InspectionResult(report, by: sheet.template)
        return words(
            "inspection.supplementResult",
            ["points": wording.count(result.points), "failed": wording.count(result.failures.count)])
    }

    func photo(_ id: InspectionFileID) -> InspectionPage.Photo? {
        sheet.files[id].map { file in
            InspectionPage.Photo(
                address: SiteURL.inspection(.file(.value(inspection.id), .value(id))).path,
                thumbnail: SiteURL.inspection(.thumbnail(.value(inspection.id), .value(id))).path,
                sha256: file.sha256)
        }
    }

    func signatures(_ report: InspectionReport) -> [InspectionPage.Signature] {
        let inspector = InspectionPage.Signature(
            who: words("inspection.inspector"), name: sheet.people[report.by] ?? "–",
            image: photo(report.inspectorSignature)?.address)
        switch report.schoolSignature {
        case .signed(let file, let name):
            return [
                inspector,
                .init(who: words("inspection.schoolSigner"), name: name, image: photo(file)?.address),
            ]
        case .refused(let reason):
            return [
                inspector,
                .init(
                    who: words("inspection.schoolSigner"), name: words("inspection.notSigned", ["reason": reason]),
                    image: nil),
            ]
        }
    }

    var facts: [Fact] {
        var facts: [Fact] = []
        func add(_ name: String, _ value: String) { facts.append(Fact(name: name, value: value)) }
        add(words("inspection.dueDay"), "\(inspection.due)")
        add(
            words("inspection.checklist"),
            words(
                "plan.templateOf",
                [
                    "name": words(sheet.template.name), "version": "\(inspection.template.number)",
                    "count": wording.count(sheet.template.items.count),
                ]))
        if !inspection.inspectors.isEmpty {
            let names = inspection.inspectors.map { sheet.people[$0] ?? "–" }
            add(words("inspection.inspectors"), names.joined(separator: words("list.comma")))
        }
        guard let report = inspection.report else { return facts }
        let times = (wording.exactMinute(report.begun), String(wording.exactMinute(report.finished).suffix(5)))
        add(words("inspection.onSite"), words("inspection.span", ["from": times.0, "to": times.1]))
        add(words("inspection.received"), wording.exactMinute(report.received))
        if let position = report.position {
            add(
                words("inspection.position"),
                words(
                    "inspection.positionIs",
                    [
                        "latitude": Decimal.text(position.latitude, places: 5),
                        "longitude": Decimal.text(position.longitude, places: 5),
                        "accuracy": wording.count(Int(min(position.accuracyMetres, 1e6).rounded())),
                    ]))
        }
        return facts
    }

    /// Oldest first.
    var history: [InspectionPage.Word] {
        var all: [InspectionPage.Word] = []
        func add(_ person: PersonID, _ time: UTCTime, _ text: String, _ what: String) {
            all.append(
                InspectionPage.Word(
                    what: what, who: sheet.people[person] ?? "–", time: wording.moment(time),
                    text: text.isEmpty ? nil : text))
        }
        func add(_ word: SpotInspection.Word?, _ what: String) {
            if let word { add(word.by, word.time, word.text, what) }
        }
        add(inspection.begun, words("inspection.did.begun"))
        if let report = inspection.report { add(report.by, report.received, "", words("inspection.did.handedIn")) }
        add(inspection.confirmation, words("inspection.did.confirmed"))
        add(inspection.dispute, words("inspection.did.disputed", ["items": titles(inspection.dispute?.items)]))
        let revoked = inspection.decision?.items ?? []
        add(
            inspection.decision,
            revoked.isEmpty
                ? words("inspection.did.upheld") : words("inspection.did.revoked", ["items": titles(revoked)]))
        add(inspection.withdrawal, words("inspection.did.withdrawn"))
        return all
    }

    private func titles(_ items: [String]?) -> String {
        (items ?? []).compactMap { sheet.template[$0].map { words($0.title) } }.joined(separator: words("list.comma"))
    }
}
