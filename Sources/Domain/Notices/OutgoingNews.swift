/// What a message is about.
public enum OutgoingNews: Hashable, Sendable {
    case ofCase(CaseNews)
    case affair(AffairNews)

    public var body: Body {
        switch self {
        case .ofCase(let news): news.body
        case .affair(let news): news.body
        }
    }

    public var ofCase: CaseNews? { if case .ofCase(let news) = self { news } else { nil } }
    public var affair: AffairNews? { if case .affair(let news) = self { news } else { nil } }
}
