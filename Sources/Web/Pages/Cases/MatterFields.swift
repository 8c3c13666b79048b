import Domain
import Supervision

/// What a case that people open by hand is about, as forms ask for it. (案由)
extension FormFields {
    /// `matter`, a capture's item, or else `other`, in words of one's own.
    func caseMatter() throws -> CaseMatter {
        if let item = text("matter").flatMap(CaptureItem.init(rawValue:)) { return .item(item) }
        guard let name = text("other") else { throw SupervisionError.invalid(.matter, .empty) }
        return .other(name)
    }

    /// nil where none was chosen.
    func caseGrade() throws(WebError) -> Grade? {
        guard let text = text("grade") else { return nil }
        guard let grade = Int(text).flatMap(Grade.init(rawValue:)) else { throw .badRequest("choice") }
        return grade
    }
}

extension Words {
    /// Matters that are no state of a camera, and "other" as the last one.
    func matters(chosen: String?) -> [Choice] {
        CaptureItem.allCases.filter { !$0.isCameraState }.map {
            Choice(value: $0.rawValue, label: self($0), isSelected: $0.rawValue == chosen)
        } + [Choice(value: "other", label: self("opening.other"), isSelected: chosen == "other")]
    }

    func grades(chosen: Grade?) -> [Choice] {
        Grade.allCases.map { Choice(value: "\($0.rawValue)", label: self($0), isSelected: $0 == chosen) }
    }
}

extension CaseOpened {
    /// The case's page, which says how it came about.
    var address: String {
        let how = if case .opened = self { "new" } else { "again" }
        return SiteURL.casePage(.value(id)).with([("opened", how)])
    }
}
