import Domain
import Supervision

extension CountyChapter {
    /// What the public sees, words that are used again, and lists that people keep. (公开、模板、常用筛选)
    static let publication = CountyChapter { stage in
        // One in three, of each township.
        for (index, school) in stage.schools.enumerated() where (index + index / 3).isMultiple(of: 3) {
            try await stage.supervision.publications.change(
                Publication(isOn: true, cameras: Set(school.cameras.map(\.id)), hours: .standard), of: school.school.id,
                by: stage.people.supervisors[0])
        }
        for (text, move) in [
            ("请按《餐饮服务食品安全操作规范》立即整改，并在期限内上传照片。", CaseMove.dispatch),
            ("照片看不清整改后的情况，请补充。", .return),
            ("已对当事人批评教育，并在班前会上重申着装要求。", .submit),
        ] {
            try await stage.supervision.textTemplates.add(text, for: move, by: stage.people.supervisors[0])
        }
        try await stage.supervision.savedFilters.save(
            "待研判的鼠虫", .captures, [.init("item", "rodent"), .init("judged", "waiting")], isShared: true,
            by: stage.people.supervisors[0])
        try await stage.supervision.savedFilters.save(
            "超期案件", .cases, [.init("stage", "overdue")], isShared: true, by: stage.people.supervisors[0])
    }
}
