import Domain
import Supervision

/// The rules of one camera, with the areas drawn on its picture.
struct CameraRulesPage: Page {
    struct Item: Sendable {
        let code: String
        let name: String
        let grade: String
        let gradeWord: String
        let summary: String
        let isOn: Bool
        /// Differs from the standard, or has a mistake.
        let isOpen: Bool
        let hours: [Choice]
        let sustained: String
        let cooldown: String
        let threshold: String
        /// The model's own, in per cent; nil = there is none.
        let ownThreshold: String?
        /// Whether areas and threshold mean anything for it.
        let isSeen: Bool
        let zones: String
        let faults: Faults
        /// nil = it can be recognised.
        let unavailable: String?
    }

    struct Faults: Sendable {
        let sustained: String?
        let cooldown: String?
        let threshold: String?
        let zones: String?
    }

    /// A drawn area, as an SVG polygon in the unit square, for browsers without scripts.
    struct Shape: Sendable {
        let points: String
        let isMask: Bool
    }

    static let template = "camera-analysis"
    let id: String
    let name: String
    let school: String
    let area: String
    let cameraAddress: String
    let capturesAddress: String
    let healthAddress: String
    let action: String
    let trialAddress: String
    let standardAddress: String
    let picture: String?
    let shapes: [Shape]
    let form: RulesForm
    let stamp: String
    let items: [Item]
    let cameraItems: [Item]
    let masksFault: String?
    let leastHeadFault: String?
    let faultText: String?
    let mayChange: Bool
    let isSaved: Bool
    let showsStandard: Bool
    let workingHours: String
    let trouble: String?
    let isSimulated: Bool

    init(
        _ place: CameraRulesPages.Place, form: RulesForm, stored: AnalysisSettings, faults: FormFaults,
        picture: String?, mayChange: Bool, isSaved: Bool = false, showsStandard: Bool = false, desk: AnalysisDesk,
        hours: WorkingHours?,
        wording: Wording
    ) {
        let words = wording.words
        id = "\(place.camera.id)"
        name = place.camera.name
        school = place.school.name
        area = wording.area(place.area)
        isSimulated = place.camera.isSimulated
        let camera = Slot<CameraID>.value(place.camera.id)
        cameraAddress = SiteURL.kitchen(camera).path
        capturesAddress = SiteURL.captures.with([("camera", id)])
        healthAddress = SiteURL.analysis.path
        action = SiteURL.cameraAnalysis(camera).path
        trialAddress = SiteURL.tryAnalysis(camera).path
        standardAddress = SiteURL.cameraAnalysis(camera).with([("standard", "1")])
        self.picture = picture
        shapes = Self.shapes(form)
        self.form = form
        stamp = stored.stamp
        let all = CaptureItem.allCases.map { item in
            Self.item(item, form: form, faults: faults.byField, desk: desk, wording: wording)
        }
        items = zip(CaptureItem.allCases, all).filter { !$0.0.isCameraState }.map(\.1)
        cameraItems = zip(CaptureItem.allCases, all).filter { $0.0.isCameraState }.map(\.1)
        masksFault = faults.byField["masks"]
        leastHeadFault = faults.byField["leastHead"]
        faultText =
            faults.byField.isEmpty
            ? nil
            : faults.byField.sorted { $0.key < $1.key }.map(\.value)
                .joined(separator: " ")
        self.mayChange = mayChange
        self.isSaved = isSaved
        self.showsStandard = showsStandard
        workingHours = words("rule.workingHoursAre", ["hours": wording.workingHours(hours ?? desk.workingHours)])
        trouble = desk.trouble
    }

    private static func item(
        _ item: CaptureItem, form: RulesForm, faults: [String: String], desk: AnalysisDesk, wording: Wording
    ) -> Item {
        let words = wording.words
        let code = item.rawValue
        let typed = form.rules[item] ?? RulesForm.Rule()
        let standard = RulesForm(AnalysisSettings.standard).rules[item]
        func fault(_ name: String) -> String? { faults["\(code).\(name)"] }
        let rule = CaptureRule(
            isOn: typed.isOn, hours: CaptureRule.Hours(rawValue: typed.hours) ?? .always,
            sustainedSeconds: Double(typed.sustained) ?? 0,
            zones: (try? ZoneText.parse(typed.zones)) ?? [])
        return Item(
            code: code, name: words(item), grade: "\(item.grade(inWorkingHours: true).rawValue)",
            gradeWord: words(item.grade(inWorkingHours: true)), summary: wording.summary(rule, of: item),
            isOn: typed.isOn,
            isOpen: typed != standard || faults.keys.contains { $0.hasPrefix("\(code).") },
            hours: CaptureRule.Hours.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0.rawValue == typed.hours)
            }, sustained: typed.sustained, cooldown: typed.cooldown, threshold: typed.threshold,
            ownThreshold: desk.thresholds[item].map { Decimal.short($0 * 100, places: 1) },
            isSeen: !item.isCameraState, zones: typed.zones,
            faults: Faults(
                sustained: fault("sustained"), cooldown: fault("cooldown"), threshold: fault("threshold"),
                zones: fault("zones")), unavailable: desk.missing[item])
    }

    private static func shapes(_ form: RulesForm) -> [Shape] {
        func shapes(_ text: String, isMask: Bool) -> [Shape] {
            ((try? ZoneText.parse(text)) ?? []).map { zone in
                Shape(
                    points: zone.points.map {
                        "\(Decimal.short($0.x, places: 4)),\(Decimal.short($0.y, places: 4))"
                    }.joined(separator: " "), isMask: isMask)
            }
        }
        return shapes(form.masks, isMask: true)
            + CaptureItem.allCases.flatMap { shapes(form.rules[$0]?.zones ?? "", isMask: false) }
    }
}
