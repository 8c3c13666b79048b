import Domain
import Supervision

/// A capture as the API gives it: `GET /api/v1/captures` and the events.
extension Wording {
    func members(_ record: CaptureRecord) -> [(key: String, value: JSON)] {
        let capture = record.capture
        return [
            ("id", .string("\(capture.id)")),
            ("url", .string(SiteURL.capture(.value(capture.id)).path)),
            ("item", .string(capture.item.rawValue)),
            ("itemText", .string(words(capture.item))),
            ("grade", .integer(Int64(capture.grade.rawValue))),
            ("camera", .object(["id": .string("\(capture.camera)"), "name": .string(record.cameraName)])),
            (
                "area",
                .object([
                    "id": .string("\(record.area.id)"), "kind": .string(record.area.kind.rawValue),
                    "name": .string(area(record.area)),
                ])
            ),
            ("school", .object(["id": .string("\(record.school.id)"), "name": .string(record.school.name)])),
            ("simulated", .bool(record.isSimulated)),
            ("start", .integer(capture.start.milliseconds)),
            ("met", .integer(capture.metAt.milliseconds)),
            ("best", .integer(capture.bestAt.milliseconds)),
            ("end", .integer(capture.end?.milliseconds)),
            ("score", .number(capture.score)),
            ("box", capture.box.map(json) ?? .null),
            ("models", .string(capture.models)),
            ("evidence", .string(record.state.rawValue)),
            ("verdict", record.judgement.map(json) ?? .null),
            (
                "files",
                .array(
                    record.evidence.map { file in
                        .object([
                            "kind": .string(file.kind.rawValue),
                            "url": .string(
                                SiteURL.api(
                                    .captureFile(.value(capture.id), .value(file.kind.fileName))
                                ).path),
                            "size": .integer(file.sizeBytes), "sha256": .string(file.sha256.hexadecimal),
                        ])
                    })
            ),
        ]
    }

    /// With everything that is known of it.
    func wholeMembers(_ record: CaptureRecord) throws -> [(key: String, value: JSON)] {
        let capture = record.capture
        return members(record) + [
            (
                "sights",
                .array(
                    capture.sights.map {
                        .object(["label": .string($0.label), "score": .number($0.score), "box": json($0.box)])
                    })
            ),
            (
                "curve",
                .array(
                    capture.curve.map {
                        .object([
                            "offset": .integer(Int64($0.offsetMs)), "score": .number($0.score),
                            "box": $0.box.map(json) ?? .null,
                        ])
                    })
            ),
            ("rule", json(capture.rule)),
            (
                "data",
                .object([
                    "url": .string(
                        SiteURL.api(
                            .captureFile(.value(capture.id), .value(CapturePages.dataFile))
                        ).path),
                    "sha256": .string(try capture.dataSHA256.hexadecimal),
                ])
            ),
        ]
    }

    func json(_ judgement: Judgement) -> JSON {
        let parts = judgement.verdict.parts
        return .object([
            "kind": .string(parts.kind), "reason": .string(parts.reason), "other": .string(parts.other),
            "by": .string("\(judgement.by)"), "time": .integer(judgement.time.milliseconds),
        ])
    }

    func json(_ box: PictureBox) -> JSON {
        .object([
            "x": .number(box.x), "y": .number(box.y), "width": .number(box.width), "height": .number(box.height),
        ])
    }

    func json(_ rule: CaptureRule) -> JSON {
        .object([
            "on": .bool(rule.isOn), "hours": .string(rule.hours.rawValue),
            "sustainedSeconds": .number(rule.sustainedSeconds), "cooldownSeconds": .number(rule.cooldownSeconds),
            "threshold": rule.threshold.map { .number($0) } ?? .null,
            "zones": .array(
                rule.zones.map { zone in
                    .array(zone.points.map { .array([.number($0.x), .number($0.y)]) })
                }),
        ])
    }
}
