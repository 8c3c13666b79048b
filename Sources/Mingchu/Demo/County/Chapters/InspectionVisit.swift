import Domain
import Supervision

/// One inspection on the spot: taken along, filled in, handed in with pictures and signatures, answered by the school.
struct InspectionVisit {
    let stage: CountyStage
    let id: SpotInspectionID
    let school: CountySchool
    let inspector: Principal
    let dice: DemoDice

    func plan(on day: Day) {
        var dice = dice
        let time = day.time(
            minute: dice.pick([8 * 60 + 40, 9 * 60 + 50, 14 * 60 + 10]) + dice.whole(0...25), in: stage.zone)
        stage.agenda.add(at: time) { [dice] stage in
            // Somebody else has made it meanwhile.
            guard try await self.isOpen() else { return }
            try await stage.supervision.inspections.begin(id, by: inspector)
            InspectionVisit(stage: stage, id: id, school: school, inspector: inspector, dice: dice).stay(
                from: stage.now)
        }
    }

    private func isOpen() async throws -> Bool {
        try await stage.supervision.inspections.sheet(id, for: inspector).inspection.state == .planned
    }

    private func stay(from begun: UTCTime) {
        var dice = dice
        let end = begun + .seconds(dice.whole(2700...6600))
        stage.agenda.add(at: end) { [dice] stage in
            try await InspectionVisit(stage: stage, id: id, school: school, inspector: inspector, dice: dice)
                .handIn(begun: begun)
        }
    }

    private func handIn(begun: UTCTime) async throws {
        guard case .person(let person) = inspector, case .person(let officer) = school.officer else { return }
        var dice = dice
        let inspections = stage.supervision.inspections
        let sheet = try await inspections.sheet(id, for: inspector)
        var paper = InspectionPaper(stage: stage, id: id, person: person.id)
        let answers = try InspectionFindings(school: school, progress: progress).answers(
            by: sheet.template, &paper, &dice)
        let signature: InspectionReport.SchoolSignature =
            dice.chance(0.04)
            ? .refused(reason: "负责人外出，在场人员不愿代签")
            : .signed(try paper.signature(&dice), name: String(officer.name.prefix { $0 != "（" }))
        let report = InspectionReport(
            id: InspectionReportID(at: stage.now), by: person.id, received: stage.now, begun: begun,
            finished: stage.now - .seconds(dice.whole(30...240)), template: sheet.template.version, answers: answers,
            remark: dice.pick(weighted: [("", 3), ("整体较好，请保持。", 2), ("请学校对照清单逐项自查。", 1)]),
            inspectorSignature: try paper.signature(&dice), schoolSignature: signature)
        try await paper.send(by: inspector)
        let after = try await inspections.handIn(report, for: id, by: inspector)
        answer(after, dice)
    }

    /// How much of the year is over, 0…1.
    private var progress: Double {
        Double(stage.today - stage.days.first) / Double(max(1, stage.days.last - stage.days.first))
    }

    /// What the school says, and cases from what failed.
    private func answer(_ sheet: InspectionSheet, _ dice: DemoDice) {
        var dice = dice
        let failed = sheet.summary.result?.failures.map(\.item) ?? []
        if let first = failed.first, dice.chance(0.12) {
            stage.agenda.add(at: stage.later(by: dice.between(120, 700))) { stage in
                try await stage.supervision.inspections.dispute(
                    id, items: [first], reason: "检查时正在更换，记录随后已补齐，请复核。", by: school.officer)
            }
            let isUpheld = dice.chance(0.4)
            stage.agenda.add(at: stage.later(by: dice.between(900, 1500))) { stage in
                try await stage.supervision.inspections.decide(
                    id, revoked: isUpheld ? [first] : [],
                    reason: isUpheld ? "经复核照片和记录，该项予以撤销。" : "经复核，检查结果维持不变。",
                    by: stage.people.supervisors[0])
                try await openCases()
            }
            return
        }
        if dice.chance(0.85) {
            stage.agenda.add(at: stage.later(by: 5 + dice.exponential(mean: 260))) { stage in
                try await stage.supervision.inspections.confirm(id, by: school.officer)
            }
        }
        guard !failed.isEmpty else { return }
        stage.agenda.add(at: stage.later(by: dice.between(20, 300))) { _ in try await openCases() }
    }

    private func openCases() async throws {
        let supervisor = stage.people.supervisors[0]
        guard try await stage.supervision.inspections.sheet(id, for: supervisor).moves.contains(.openCases) else {
            return
        }
        for opened in try await stage.supervision.inspections.openCases(id, by: supervisor) {
            await CaseLife(stage: stage, id: opened.id).begin(opened)
        }
    }
}

/// Pictures and signatures of one inspection, sent one by one as the telephone does.
struct InspectionPaper {
    let stage: CountyStage
    let id: SpotInspectionID
    let person: PersonID
    private var files: [InspectionFile] = []

    init(stage: CountyStage, id: SpotInspectionID, person: PersonID) {
        self.stage = stage
        self.id = id
        self.person = person
    }

    /// nil = the simulator has no such picture.
    mutating func photo(_ kind: Area.Kind, _ dice: inout DemoDice) throws -> InspectionFileID? {
        guard let pair = stage.pictures.pair(kind, .inOrder, &dice) else { return nil }
        return try keep(pair.first.jpeg, "现场照片.jpg", .photo)
    }

    mutating func signature(_ dice: inout DemoDice) throws -> InspectionFileID {
        try keep(SignaturePicture.png(&dice), "签名.png", .signature)
    }

    private mutating func keep(
        _ bytes: [UInt8], _ name: String, _ kind: InspectionFile.Kind
    ) throws -> InspectionFileID {
        let incoming = try stage.attachments.begin(at: stage.now)
        try incoming.write(bytes)
        let file = try incoming.finish(
            name, as: InspectionFileID(at: stage.now), of: id, kind, by: person, at: stage.now)
        files.append(file)
        return file.id
    }

    /// Together, so that one commit keeps many.
    func send(by inspector: Principal) async throws {
        let inspections = stage.supervision.inspections
        try await withThrowingTaskGroup(of: Void.self) { group in
            for file in files { group.addTask { _ = try await inspections.keep(file, by: inspector) } }
            try await group.waitForAll()
        }
    }
}
