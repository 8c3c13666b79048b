/// Which concerns are asked for; nil = any.
public struct ConcernFilter: Hashable, Sendable {
    /// Groups of states, as people ask for them.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// An answer is waited for.
        case open
        /// And is late.
        case overdue
        case askedBack
        case answered
        case ended

        public var states: Set<Concern.State> {
            switch self {
            case .open, .overdue: [.received, .taken]
            case .askedBack: [.askedBack]
            case .answered: [.answered]
            case .ended: Set(Concern.State.allCases.filter(\.isFinal))
            }
        }
    }

    public var stage: Stage?
    public var school: SchoolID?
    /// In which it came.
    public var span: TimeSpan?

    public init(stage: Stage? = nil, school: SchoolID? = nil, span: TimeSpan? = nil) {
        self.stage = stage
        self.school = school
        self.span = span
    }
}
