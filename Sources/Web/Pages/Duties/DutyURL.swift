import Domain

/// Addresses of what schools do by themselves: duties, papers and menus.
enum DutyURL: Sendable {
    /// A school's day; for others, who has done what.
    case day
    case table(TableExport.Format)
    /// When which duties are due.
    case plan
    /// A school's record of a span.
    case book(Slot<SchoolID>)
    /// One thing to do, named by the query.
    case entry(Slot<SchoolID>)
    case disposed(Slot<SchoolID>)
    case file(Slot<SchoolID>, Slot<SchoolFileID>)
    case papers
    case schoolPapers(Slot<SchoolID>)
    case paper(Slot<SchoolPaperID>)
    case removePaper(Slot<SchoolPaperID>)
    /// Of the asker's own school.
    case menus
    case menu(Slot<SchoolID>)

    var path: String {
        switch self {
        case .day: "/duties"
        case .table(let format): "/duties.\(format.rawValue)"
        case .plan: "/duties/plan"
        case .book(let school): "/duties/schools/\(school.text("school"))"
        case .entry(let school): "/duties/schools/\(school.text("school"))/entry"
        case .disposed(let school): "/duties/schools/\(school.text("school"))/disposed"
        case .file(let school, let file): "/duties/schools/\(school.text("school"))/files/\(file.text("file"))"
        case .papers: "/papers"
        case .schoolPapers(let school): "/papers/schools/\(school.text("school"))"
        case .paper(let paper): "/papers/\(paper.text("paper"))"
        case .removePaper(let paper): "/papers/\(paper.text("paper"))/remove"
        case .menus: "/menus"
        case .menu(let school): "/menus/schools/\(school.text("school"))"
        }
    }
}

extension DutySlot {
    /// As the query of an address names it.
    var query: [(name: String, value: String?)] {
        [("duty", duty.rawValue), ("period", "\(period)"), ("meal", meal?.rawValue)]
    }

    init?(_ query: FormFields) {
        guard let duty = query.text("duty").flatMap(SchoolDuty.init(rawValue:)),
            let period = query.text("period").flatMap({ Day($0) })
        else { return nil }
        self.init(duty, period: period, meal: query.text("meal").flatMap(Meal.init(rawValue:)))
    }

    func address(at school: SchoolID) -> String { SiteURL.duty(.entry(.value(school))).with(query) }
}
