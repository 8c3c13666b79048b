import Domain
import Hummingbird
import Supervision

/// 处置规则: deadlines, ladders, re-inspections, with the history of who set them when.
struct PolicyPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.rules.route) { request, context in try await show(nil, [], request, context) }
        routes.post(SiteURL.rules.route, use: change)
    }

    /// - Parameters:
    ///   - seen: What a form that comes back was made from; nil = it is made from what is kept now.
    ///   - mine: What a form asks for that was made from what others have changed since.
    private func show(
        _ typed: PolicyForm?, _ faults: [String], seen: Int64? = nil, stale mine: CasePolicy? = nil, _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        try context.require(.managePolicy)
        let principal = try context.principal()
        let wording = site.wording(context)
        let revision = try await site.supervision.policies.revision(for: principal)
        let history = try await site.supervision.policies.history(for: principal)
        // Whoever changes rules starts from those that will hold last.
        let form = typed ?? PolicyForm(history[0].policy)
        let stale = mine.map { mine in
            StaleSave(
                revision, differences: wording.words.changes(from: history[0].policy, to: mine), wording: wording)
        }
        let page = PolicyPage(
            form, history: history, faults: faults, stale: stale, seen: seen ?? revision.number,
            isSaved: faults.isEmpty && stale == nil && request.query.flag("saved"), wording: wording)
        return site.page(
            page, title: wording.words("policy.title"), section: .rules, request: request, context: context,
            status: stale != nil ? .conflict : faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// First says what would change; then, confirmed, changes it.
    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        try context.require(.managePolicy)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let form = PolicyForm(fields)
        let wording = site.wording(context)
        let words = wording.words
        let policies = site.supervision.policies
        let seen = fields.revision
        let policy: CasePolicy
        let from: UTCTime?
        do throws(PolicyFaults) {
            policy = try form.policy(words)
        } catch {
            return try await show(form, error.sentences, seen: seen, request, context)
        }
        do throws(WebError) {
            from = try fields.time("validFrom", zone: site.settings.zone)
        } catch {
            return try await show(form, [words(.validFrom, .notADate)], seen: seen, request, context)
        }
        if let from, from < wording.now {
            return try await show(form, [words(.validFrom, .past)], seen: seen, request, context)
        }
        if fields.flag("confirmed") {
            do {
                try await policies.change(policy, from: from, seen: seen, by: principal)
            } catch SupervisionError.conflict(.changedMeanwhile) {
                return try await show(form, [], stale: policy, request, context)
            } catch {
                guard let fault = words.mendable(error) else { throw error }
                return try await show(form, [fault], seen: seen, request, context)
            }
            return .redirect(to: SiteURL.rules.with([("saved", "1")]))
        }
        guard try await policies.revision(for: principal).number == seen else {
            return try await show(form, [], stale: policy, request, context)
        }
        let held = try await policies.history(for: principal).first {
            $0.from.map { $0 <= from ?? wording.now } ?? true
        }
        let changes = words.changes(from: held?.policy ?? .standard, to: policy)
        guard !changes.isEmpty else {
            return try await show(form, [words("policy.noChange")], seen: seen, request, context)
        }
        let page = PolicyConfirmationPage(
            changes: changes,
            from: from.map { words("policy.from", ["time": wording.exact($0)]) } ?? words("policy.fromNow"),
            fields: fields.pairs.filter { $0.name != FormToken.field && $0.name != "confirmed" }.map {
                Fact(name: $0.name, value: $0.value)
            })
        return site.page(
            page, title: words("policy.confirm.title"), section: .rules, request: request, context: context)
    }
}

struct PolicyConfirmationPage: Page {
    static let template = "rules-confirmation"
    let changes: [String]
    let from: String
    /// Of the form, sent again with the confirmation.
    let fields: [Fact]
}

struct PolicyPage: Page {
    struct GradeView: Sendable {
        let title: String
        let allowances: [AllowanceView]
        let ladder: [StepView]
    }

    struct AllowanceView: Sendable {
        let label: String
        let name: String
        let amount: String
        let units: [Choice]
    }

    struct RatingView: Sendable {
        let label: String
        let name: String
        let value: String
    }

    struct StepView: Sendable {
        let name: String
        let clocks: [Choice]
        let hours: String
        let measures: [Choice]
    }

    struct VersionView: Sendable {
        let from: String
        /// `当前有效`, `尚未生效`
        let state: String?
        let who: String
        let entered: Moment?
        /// Against the one before.
        let changes: [String]
    }

    static let template = "rules"
    let faults: [String]
    let stale: StaleSave?
    /// What the form is made from.
    let seen: String
    let isSaved: Bool
    let grades: [GradeView]
    let reinspectionDays: String
    let reinspectionWindow: String
    let recurrenceDays: String
    let mostExtensions: String
    let rating: [RatingView]
    let validFrom: String
    let versions: [VersionView]

    init(
        _ form: PolicyForm, history: [Policies.Version], faults: [String], stale: StaleSave?, seen: Int64,
        isSaved: Bool,
        wording: Wording
    ) {
        let words = wording.words
        self.faults = faults
        self.stale = stale
        self.seen = "\(seen)"
        self.isSaved = isSaved
        grades = Grade.allCases.map { Self.view(of: form.grades[$0] ?? .init(), $0, words) }
        reinspectionDays = form.reinspectionDays
        reinspectionWindow = form.reinspectionWindow
        recurrenceDays = form.recurrenceDays
        mostExtensions = form.mostExtensions
        rating = zip(PolicyForm.ratingFields, form.rating).map {
            RatingView(label: words("policy.rating.\($0.name)"), name: "rating.\($0.name)", value: $1)
        }
        validFrom = form.validFrom
        let current = history.firstIndex { ($0.from ?? wording.now) <= wording.now }
        versions = history.indices.map { index in
            let version = history[index]
            let before = index + 1 < history.count ? history[index + 1].policy : nil
            return VersionView(
                from: version.from.map { wording.exact($0) } ?? words("policy.initial"),
                state: index == current
                    ? words("policy.inForce") : (current.map { index < $0 } ?? false) ? words("policy.notYet") : nil,
                who: version.person?.name ?? (version.actor == .console ? words("actor.console") : words("actor.node")),
                entered: version.entered.map(wording.moment),
                changes: before.map { words.changes(from: $0, to: version.policy) } ?? [])
        }
    }

    private static func view(of form: PolicyForm.GradeForm, _ grade: Grade, _ words: Words) -> GradeView {
        GradeView(
            title: words("grade.\(grade.rawValue)"),
            allowances: PolicyForm.clocks.map { clock in
                let typed = form.allowances[clock] ?? .init()
                return AllowanceView(
                    label: words("clock.\(clock.rawValue)"), name: "\(grade.rawValue).\(clock.rawValue)",
                    amount: typed.amount,
                    units: Allowance.Unit.allCases.map {
                        Choice(
                            value: $0.rawValue, label: words("unit.\($0.rawValue)"),
                            isSelected: $0.rawValue == typed.unit)
                    })
            },
            ladder: form.ladder.map { step in
                StepView(
                    name: "\(grade.rawValue).step",
                    clocks: CaseClock.Kind.allCases.map {
                        Choice(
                            value: $0.rawValue, label: words("clock.\($0.rawValue)"),
                            isSelected: $0.rawValue == step.clock)
                    }, hours: step.hours,
                    measures: EscalationMeasure.allCases.map {
                        Choice(
                            value: $0.rawValue, label: words("measure.\($0.rawValue)"),
                            isSelected: $0.rawValue == step.measure)
                    })
            })
    }
}
