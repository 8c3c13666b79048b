import Domain
import Supervision

struct GridImportPage: Page {
    struct Count: Sendable {
        let label: String
        let count: String
    }

    struct Row: Sendable {
        let row: String
        let what: String
        let name: String
        let detail: String
    }

    struct FaultRow: Sendable {
        let row: String
        let column: String
        let text: String
    }

    /// What is shown of a long list; the counts are of all.
    private static let mostRows = 500

    static let template = "grid-import"
    let fault: String?
    let fileName: String?
    /// By which it is confirmed; nil = it can't be.
    let key: String?
    let counts: [Count]
    let rows: [Row]
    let faults: [FaultRow]
    let hasFaults: Bool
    let faultsText: String
    let moreText: String?
    let knownText: String?
    let ignoredText: String?
    /// The list is fine and all of it is there already.
    let isAllKnown: Bool
    let button: String
    let columns: [String]
    let csvAddress = SiteURL.importTemplate(.csv).path
    let sheetAddress = SiteURL.importTemplate(.xlsx).path
    let confirmAddress = SiteURL.confirmImport.path

    /// Before a file was chosen, or instead of one that can't be read.
    init(fault: String? = nil, wording: Wording) {
        self.init(nil, key: nil, fault: fault, wording)
    }

    init(of held: GridUploads.Held, key: String?, fault: String? = nil, wording: Wording) {
        self.init(held, key: key, fault: fault, wording)
    }

    private init(_ held: GridUploads.Held?, key: String?, fault: String?, _ wording: Wording) {
        let words = wording.words
        let plan = held?.plan
        self.fault = fault
        self.key = key
        fileName = held?.fileName
        let found = plan?.counts ?? GridPlan.Counts()
        let named: [(String, Int)] = [
            ("townships", found.townships), ("schools", found.schools), ("canteens", found.canteens),
            ("areas", found.areas), ("cameras", found.cameras),
        ]
        counts = named.filter { $0.1 > 0 }.map { Count(label: words("import.\($0.0)"), count: wording.count($0.1)) }
        rows = (plan?.steps ?? []).prefix(Self.mostRows).map { Row($0, wording) }
        faults = (plan?.faults ?? []).prefix(Self.mostRows).map { fault in
            FaultRow(row: wording.count(fault.row), column: words(fault.column), text: words(fault))
        }
        hasFaults = !faults.isEmpty
        faultsText = words("import.faults", ["count": wording.count(plan?.faults.count ?? 0)])
        let hidden = (plan?.steps.count ?? 0) - rows.count
        moreText = hidden > 0 ? words("import.more", ["count": wording.count(hidden)]) : nil
        let known = plan?.knownLines ?? 0
        knownText = known > 0 ? words("import.known", ["count": wording.count(known)]) : nil
        let ignored = held?.list.unknownHeadings ?? []
        ignoredText =
            ignored.isEmpty ? nil : words("import.ignored", ["names": ignored.prefix(20).joined(separator: "、")])
        isAllKnown = plan.map { $0.steps.isEmpty && $0.faults.isEmpty } ?? false
        button = words("import.confirm", ["count": wording.count(plan?.steps.count ?? 0)])
        columns = GridList.Column.allCases.map { words($0) }
    }
}

extension GridImportPage.Row {
    fileprivate init(_ step: GridPlan.Step, _ wording: Wording) {
        let words = wording.words
        func area(_ key: GridPlan.AreaKey) -> String {
            let own = key.name.isEmpty ? words("area.\(key.kind.rawValue)") : key.name
            return ([key.school] + (key.canteen.map { [$0] } ?? []) + [own]).joined(separator: " · ")
        }
        let shown: (what: String, name: String, detail: String) =
            switch step.addition {
            case .township(let name): ("subject.township", name, "")
            case .school(let name, let township, let kind):
                (
                    "subject.school", name,
                    [township, kind.map { words("schoolKind.\($0.rawValue)") }].compactMap { $0 }.joined(
                        separator: " · ")
                )
            case .canteen(let name, let school): ("subject.canteen", "\(school) · \(name)", "")
            case .area(let key): ("subject.area", area(key), "")
            case .camera(let name, let key, let main, _, let credentials):
                (
                    "subject.camera", "\(area(key)) · \(name)",
                    "\(main)" + (credentials.map { " · \($0.user)" } ?? "")
                )
            }
        row = wording.count(step.row)
        what = words(shown.what)
        name = shown.name
        detail = shown.detail
    }
}
