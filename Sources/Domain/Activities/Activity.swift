/// An open day, a joint inspection, or another activity with society. (社会共治活动)
///
/// Events in, effects out; time and rights are others' business.
public struct Activity: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// 公众开放日
        case openDay
        /// 校园食安 你我同查
        case jointInspection
        case other
    }

    public enum State: String, Sendable, Hashable, CaseIterable, Codable {
        case draft
        /// Everybody who has its address may sign up, until the time for that is over.
        case published
        /// Nobody signs up any more; who waits still moves up.
        case closed
        case running
        case done
        /// Its report is public.
        case reported
        case cancelled

        public var isOver: Bool { self == .done || self == .reported || self == .cancelled }
        /// It took place: what counts are made of.
        public var tookPlace: Bool { self == .done || self == .reported }
        /// Whether its page can be opened by its code.
        public var isPublic: Bool { self != .draft }
    }

    public enum Event: Hashable, Sendable {
        case publish
        case closeSignUp
        case reopenSignUp
        case begin
        case finish
        /// What was done, in words for the public: 1…2000 characters.
        case report(String)
        /// Told to those who had signed up: 1…200 characters.
        case cancel(reason: String)
        case change(ActivityPlan)
    }

    public enum Effect: Hashable, Sendable {
        /// Those who wait may have a place now.
        case moveUp
        /// Those who were expected and did not come.
        case markAbsent
        case tellCancelled
    }

    public enum Refusal: Error, Hashable, Sendable {
        /// Not in this state.
        case notNow(State)
        /// Its time to sign up is over.
        case tooLate
        case plan(ActivityPlan.Flaw)
    }

    public let id: ActivityID
    /// Stands in the address of its public page.
    public let code: PublicCode
    public private(set) var plan: ActivityPlan
    public private(set) var state: State
    /// Empty until there is one.
    public private(set) var report: String
    public private(set) var cancelReason: String
    /// Of the last change: forms say what they saw.
    public private(set) var version: Int

    /// As it is kept.
    public init(
        id: ActivityID, code: PublicCode, plan: ActivityPlan, state: State, report: String = "",
        cancelReason: String = "", version: Int
    ) {
        self.id = id
        self.code = code
        self.plan = plan
        self.state = state
        self.report = report
        self.cancelReason = cancelReason
        self.version = version
    }

    /// A draft.
    public init(id: ActivityID, code: PublicCode, plan: ActivityPlan) throws(ActivityPlan.Flaw) {
        try plan.check()
        self.init(id: id, code: code, plan: plan, state: .draft, version: 1)
    }

    public func isOpenForSignUp(at time: UTCTime) -> Bool { state == .published && time < plan.signUpUntil }

    /// Nothing has changed when this throws.
    public mutating func handle(_ event: Event, at time: UTCTime) throws(Refusal) -> [Effect] {
        var after = self
        let effects = try after.step(event, at: time)
        after.version += 1
        self = after
        return effects
    }

    private mutating func step(_ event: Event, at time: UTCTime) throws(Refusal) -> [Effect] {
        switch (event, state) {
        case (.publish, .draft):
            guard time < plan.signUpUntil else { throw .tooLate }
            state = .published
            return []
        case (.closeSignUp, .published):
            state = .closed
            return []
        case (.reopenSignUp, .closed):
            guard time < plan.signUpUntil else { throw .tooLate }
            state = .published
            return [.moveUp]
        case (.begin, .published), (.begin, .closed):
            state = .running
            return []
        case (.finish, .running):
            state = .done
            return [.markAbsent]
        case (.report(let text), .done), (.report(let text), .reported):
            (report, state) = (text, .reported)
            return []
        case (.cancel(let reason), .draft), (.cancel(let reason), .published), (.cancel(let reason), .closed):
            (cancelReason, state) = (reason, .cancelled)
            return [.tellCancelled]
        case (.change(let wanted), .draft), (.change(let wanted), .published), (.change(let wanted), .closed):
            do { try wanted.check() } catch { throw .plan(error) }
            plan = wanted
            return state == .draft ? [] : [.moveUp]
        default: throw .notNow(state)
        }
    }
}

public typealias ActivityID = Identifier<Activity>
