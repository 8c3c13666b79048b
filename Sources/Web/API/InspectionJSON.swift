import Domain
import Supervision

/// Inspections as the API tells them.
extension Wording {
    func members(_ row: InspectionSummary) -> [(key: String, value: JSON)] {
        let inspection = row.inspection
        return [
            ("id", .string("\(inspection.id)")),
            ("school", .object(["id": .string("\(row.school.id)"), "name": .string(row.school.name)])),
            ("plan", .string(row.plan?.title)), ("state", .string(inspection.state.rawValue)),
            ("due", .string("\(inspection.due)")), ("version", .integer(Int64(inspection.version))),
            ("template", .integer(Int64(inspection.template.number))),
            (
                "inspectors",
                .array(inspection.inspectors.map { .string(row.people[$0] ?? "–") })
            ),
            ("mine", .bool(row.isMine)), ("grade", .string(row.result?.grade.rawValue)),
            ("points", row.result.map { .integer(Int64($0.points)) } ?? .null),
        ]
    }

    func wholeMembers(_ sheet: InspectionSheet) -> [(key: String, value: JSON)] {
        let inspection = sheet.inspection
        return members(sheet.summary) + [
            (
                "items",
                .array(
                    sheet.template.items.map { item in
                        .object([
                            "code": .string(item.code), "title": .string(words(item.title)),
                            "requirement": .string(words(item.requirement)), "law": .string(words(item.law)),
                            "severity": .string(item.severity.rawValue),
                            "points": .integer(Int64(item.severity.points)), "photo": .string(item.photo.rawValue),
                        ])
                    })
            ),
            ("report", inspection.report.map { .members(members($0, of: sheet)) } ?? .null),
            ("supplements", .array(inspection.supplements.map { .members(members($0, of: sheet)) })),
        ]
    }

    private func members(_ report: InspectionReport, of sheet: InspectionSheet) -> [(key: String, value: JSON)] {
        let id = sheet.inspection.id
        func file(_ file: InspectionFileID) -> JSON {
            sheet.files[file].map { .members(members($0)) } ?? .null
        }
        let school: JSON =
            switch report.schoolSignature {
            case .signed(let signature, let name):
                .object(["name": .string(name), "signature": file(signature), "refused": .null])
            case .refused(let reason): .object(["name": .null, "signature": .null, "refused": .string(reason)])
            }
        return [
            ("id", .string("\(report.id)")), ("inspection", .string("\(id)")),
            ("by", .string(sheet.people[report.by])), ("received", .integer(report.received.milliseconds)),
            ("begun", .integer(report.begun.milliseconds)), ("finished", .integer(report.finished.milliseconds)),
            ("template", .integer(Int64(report.template.number))), ("remark", .string(report.remark)),
            (
                "answers",
                .array(
                    report.answers.map { answer in
                        .object([
                            "item": .string(answer.item), "outcome": .string("\(answer.outcome)"),
                            "note": .string(answer.note), "photos": .array(answer.photos.map(file)),
                        ])
                    })
            ),
            ("inspectorSignature", file(report.inspectorSignature)), ("school", school),
            (
                "position",
                report.position.map {
                    .object([
                        "latitude": .number($0.latitude), "longitude": .number($0.longitude),
                        "accuracy": .number($0.accuracyMetres),
                    ])
                } ?? .null
            ),
        ]
    }

    func members(_ file: InspectionFile) -> [(key: String, value: JSON)] {
        [
            ("id", .string("\(file.id)")), ("kind", .string(file.kind.rawValue)), ("name", .string(file.name)),
            ("type", .string(file.mediaType)), ("bytes", .integer(Int64(file.sizeBytes))),
            ("sha256", .string(file.sha256)),
            ("url", .string(SiteURL.api(.inspection(.file(.value(file.inspection), .value(file.id)))).path)),
        ]
    }
}
