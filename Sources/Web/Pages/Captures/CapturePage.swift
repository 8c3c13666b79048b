import Domain
import Supervision

/// One capture: picture, boxes, score, clip, rule and models, and what proves them.
struct CapturePage: Page {
    struct Picture: Sendable {
        let source: String
        let boxes: [PictureBoxView]
        let caption: String
    }

    struct Time: Sendable {
        let name: String
        let moment: Moment
    }

    struct Model: Sendable {
        let name: String
        let address: String
    }

    struct File: Sendable {
        let name: String
        let address: String
        let size: String
        let sha256: String
    }

    static let template = "capture"
    let card: CaptureCard
    let camera: String
    let schoolAddress: String
    let areaName: String
    let cameraAddress: String
    let picture: Picture?
    /// What is still to come, or why it never will.
    let note: String?
    /// More will be known of it: the page loads itself anew when it is.
    let isUnfinished: Bool
    let clip: String?
    let times: [Time]
    let facts: [Fact]
    let rule: [Fact]
    let models: [Model]
    let files: [File]
    let dataAddress: String
    let dataHash: String
    let curve: ScoreCurve?
    let earlier: [CaptureCard]
    let later: [CaptureCard]
    let earlierAddress: String?
    let laterAddress: String?
    let replayAddress: String
    let rulesAddress: String
    let ofCameraAddress: String
    let panel: VerdictPanel

    init(
        _ record: CaptureRecord, earlier: [CaptureRecord], later: [CaptureRecord], panel: VerdictPanel,
        desk: AnalysisDesk, wording: Wording
    ) throws {
        self.panel = panel
        let words = wording.words
        let capture = record.capture
        card = CaptureCard(record, wording: wording)
        camera = record.cameraName
        schoolAddress = SiteURL.kitchens.with([("school", "\(record.school.id)")])
        areaName = wording.area(record.area)
        cameraAddress = SiteURL.kitchen(.value(capture.camera)).path
        picture = Self.picture(record, wording)
        note = Self.note(record, words)
        isUnfinished = capture.end == nil || record.state == .awaited
        clip = record[.clip].map { SiteURL.captureFile(.value(capture.id), .value($0.kind.fileName)).path }
        times =
            [
                ("captures.start", capture.start), ("captures.met", capture.metAt), ("captures.best", capture.bestAt),
            ].map { Time(name: words($0.0), moment: wording.moment($0.1)) }
            + (capture.end.map { [Time(name: words("captures.end"), moment: wording.moment($0))] } ?? [])
        facts = [
            Fact(name: words("captures.score"), value: wording.score(capture.score)),
            Fact(
                name: words("captures.length"), value: card.length ?? words("captures.ongoing.1")),
        ]
        rule = Self.facts(of: capture.rule, item: capture.item, desk: desk, wording: wording)
        models = capture.models.split(separator: ",").map { part in
            let name = String(part.drop { $0 == " " })
            let key = name.prefix { $0 != " " }
            return Model(name: name, address: SiteURL.analysis.path + "#model-\(key)")
        }
        files = record.evidence.map { file in
            File(
                name: words(file.kind),
                address: SiteURL.captureFile(.value(capture.id), .value(file.kind.fileName)).path,
                size: wording.bytes(file.sizeBytes), sha256: file.sha256.hexadecimal)
        }
        dataAddress = SiteURL.captureFile(.value(capture.id), .value(CapturePages.dataFile)).path
        dataHash = try capture.dataSHA256.hexadecimal
        curve = ScoreCurve(
            capture, threshold: capture.rule.threshold ?? desk.thresholds[capture.item], wording: wording)
        self.earlier = earlier.map { CaptureCard($0, wording: wording) }
        self.later = later.map { CaptureCard($0, wording: wording) }
        earlierAddress = self.earlier.last?.address
        laterAddress = self.later.first?.address
        replayAddress = SiteURL.replay.with([
            ("cameras", "\(capture.camera)"), ("at", "\((capture.bestAt - .seconds(5)).milliseconds)"),
        ])
        rulesAddress = SiteURL.cameraAnalysis(.value(capture.camera)).path
        ofCameraAddress = SiteURL.captures.with([("camera", "\(capture.camera)")])
    }

    /// The best moment once it is cut, until then the picture in which the rule was met.
    private static func picture(_ record: CaptureRecord, _ wording: Wording) -> Picture? {
        let capture = record.capture
        guard let file = record[.picture] ?? record[.first] else { return nil }
        let isBest = file.kind == .picture
        let time = isBest ? capture.bestAt : capture.metAt
        let clock = String(wording.exact(time).suffix(8))
        var boxes =
            isBest
            ? capture.sights.map { sight in
                PictureBoxView(
                    sight.box, label: "\(wording.words.sight(sight.label)) \(wording.score(sight.score))", isOwn: false)
            } : []
        if let box = isBest ? capture.box : record.firstBox {
            let score = isBest ? " \(wording.score(capture.score))" : ""
            boxes.append(PictureBoxView(box, label: "\(wording.words(capture.item))\(score) · \(clock)"))
        }
        return Picture(
            source: SiteURL.captureFile(.value(capture.id), .value(file.kind.fileName)).path, boxes: boxes,
            caption: "\(wording.words(file.kind)) · \(wording.exact(time))")
    }

    private static func note(_ record: CaptureRecord, _ words: Words) -> String? {
        switch record.state {
        case .complete: nil
        case .lacking: words("evidence.lacking")
        case .awaited:
            words(record.capture.end == nil ? "evidence.awaitedOngoing" : "evidence.awaited")
        }
    }

    private static func facts(
        of rule: CaptureRule, item: CaptureItem, desk: AnalysisDesk, wording: Wording
    ) -> [Fact] {
        let words = wording.words
        var facts = [
            Fact(
                name: words("rule.hours"),
                value: rule.hours == .always
                    ? words(rule.hours)
                    : words(
                        "rule.hoursSpan",
                        ["hours": words(rule.hours), "span": wording.workingHours(desk.workingHours)])),
            Fact(
                name: words("field.sustained"),
                value: words("fact.seconds", ["count": wording.seconds(rule.sustainedSeconds)])),
            Fact(
                name: words("field.cooldown"),
                value: words("fact.seconds", ["count": wording.seconds(rule.cooldownSeconds)])),
        ]
        guard !item.isCameraState else { return facts }
        let own = desk.thresholds[item].map { words("rule.modelThreshold", ["score": wording.score($0)]) }
        facts.append(
            Fact(
                name: words("field.threshold"),
                value: rule.threshold.map { wording.score($0) } ?? own ?? words("rule.ownThreshold")))
        facts.append(
            Fact(
                name: words("field.zones"),
                value: rule.zones.isEmpty
                    ? words("rule.wholePicture") : words("rule.zoneCount", ["count": "\(rule.zones.count)"])))
        return facts
    }
}
