import Domain
import Hummingbird
import Supervision

/// 名单: who comes, who waits, and the door.
struct ActivityGuestsPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.guests(.key)).route) { request, context in
            try await show(fault: nil, request, context)
        }
        routes.post(SiteURL.activity(.guestAct(.key)).route, use: act)
        routes.get(SiteURL.activity(.door(.key)).route) { request, context in
            try await door(fault: nil, request, context)
        }
        routes.post(SiteURL.activity(.door(.key)).route, use: letIn)
    }

    private func show(
        fault: String?, typed: FormFields = FormFields(), _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let wording = site.wording(context)
        let page = ActivityGuestsPage(sheet, fault: fault, typed: typed, wording)
        return site.page(
            page, title: page.head.title, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func act(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let (id, principal) = (sheet.activity.id, try context.principal())
        let fields = try await request.form(context)
        let activities = site.supervision.activities
        func one(_ name: String) throws -> SignUpID? {
            guard let text = fields.text(name) else { return nil }
            guard let id = SignUpID(text) else { throw WebError.notFound }
            return id
        }
        do {
            if let signUp = try one("undo") {
                try await activities.undoCheckIn(signUp, of: id, by: principal)
            } else if let signUp = try one("absent") {
                try await activities.markAbsent(signUp, of: id, by: principal)
            } else if let signUp = try one("cancel") {
                try await activities.cancel(signUp, of: id, by: principal)
            } else if fields.text("act") == "add" {
                _ = try await activities.add(try Self.guest(fields, context.language), to: id, by: principal)
            } else if fields.text("act") == "walkIn" {
                try await activities.walkIn(try Self.guest(fields, context.language), to: id, by: principal)
            } else {
                let ticked = fields.all("signUp").compactMap { SignUpID($0) }
                try await activities.checkIn(ticked, of: id, by: principal)
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: fields, request, context)
        }
        return .redirect(to: SiteURL.activity(.guests(.value(id))).path)
    }

    private func door(fault: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let place = try await site.supervision.activities.party(code, for: try context.principal())
        let wording = site.wording(context)
        let page = DoorPage(place, code: code, fault: fault, wording)
        return site.page(
            page, title: page.name, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    /// One tap.
    @Sendable private func letIn(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let principal = try context.principal()
        let activities = site.supervision.activities
        let place = try await activities.party(code, for: principal)
        let fields = try await request.form(context)
        do {
            if fields.text("act") == "undo" {
                try await activities.undoCheckIn(place.signUp.id, of: place.activity.id, by: principal)
            } else {
                var heads = HeadCount.none
                for role in place.signUp.guest.heads.roles {
                    heads[role] = fields.text("came-\(role.rawValue)").flatMap { Int($0) } ?? 0
                }
                try await activities.checkIn(
                    [place.signUp.id], of: place.activity.id, heads: heads, by: principal)
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await door(fault: fault, request, context)
        }
        return .redirect(to: SiteURL.activity(.door(.value(code))).path)
    }

    /// What somebody types of a guest, on a page of staff or of everybody.
    static func guest(_ fields: FormFields, _ language: Language) throws -> Guest {
        guard let role = fields.text("role").flatMap(ActivityRole.init(rawValue:)) else {
            throw SupervisionError.invalid(.role, .empty)
        }
        func number(_ name: String, _ otherwise: Int) throws -> Int {
            guard let text = fields.text(name) else { return otherwise }
            guard let number = Int(text) else { throw SupervisionError.activity(.guest(.count)) }
            return number
        }
        return Guest(
            fields["name"] ?? "", as: role, count: try number("count", 1), pupils: try number("pupils", 0),
            phone: fields.text("phone"), mail: fields.text("mail"), consents: fields.flag("consents"),
            language: language == .english ? .english : .simplifiedChinese)
    }
}

struct ActivityGuestsPage: Page {
    struct Row: Sendable {
        let id: String
        let name: String
        let address: String
        let people: String
        let contact: String
        let state: String
        let style: String
        let note: String?
        let mayTick: Bool
        let mayUndo: Bool
        let mayBeAbsent: Bool
        let mayCancel: Bool
    }

    static let template = "activity-guests"
    let head: ActivityHead
    let fault: String?
    let action: String
    let finding: String
    let left: String
    let rows: [Row]
    let hasRows: Bool
    let isDoorOpen: Bool
    let mayAdd: Bool
    let isErased: Bool
    let roles: [Choice]
    let name: String
    let count: String
    let phone: String
    let mail: String
    let noConsent: String?

    init(_ sheet: ActivitySheet, fault: String?, typed: FormFields, _ wording: Wording) {
        let (activity, words, guests) = (sheet.activity, wording.words, sheet.guests)
        head = ActivityHead(sheet, .guests, wording)
        self.fault = fault
        action = SiteURL.activity(.guestAct(.value(activity.id))).path
        let mayBegin =
            [.published, .closed].contains(activity.state)
            && wording.now >= activity.plan.span.start - Activities.doorsOpen
        let isOpen = activity.state == .running || mayBegin
        isDoorOpen = isOpen
        mayAdd = [.published, .closed].contains(activity.state)
        let isOver = activity.state.tookPlace || activity.state == .running
        finding =
            isOver
            ? words(
                "guests.came",
                ["count": wording.count(guests.came.total), "roles": wording.heads(guests.came)])
            : words(
                "guests.expected",
                [
                    "count": wording.count(guests.taken.total),
                    "total": wording.count(activity.plan.capacity.total),
                    "waiting": wording.count(guests.waiting.count),
                ])
        left = words("guests.left", ["count": wording.count(guests.left)])
        isErased = !guests.signUps.isEmpty && guests.signUps.allSatisfy { $0.guest.name.isEmpty }
        rows = guests.signUps.filter { $0.state != .cancelled }.map { signUp in
            let guest = signUp.guest
            let state = signUp.state
            let position = guests.position(of: signUp.id)
            return Row(
                id: "\(signUp.id)", name: guest.name.isEmpty ? words("activity.erased") : guest.name,
                address: SiteURL.activity(.door(.value(signUp.code))).path,
                people: wording.heads(state == .came ? signUp.came : guest.heads),
                contact: [guest.phone, guest.mail].compactMap(\.self).joined(separator: " · "),
                state: position.map { words("guests.position", ["number": "\($0)"]) } ?? words(state),
                style: state.style,
                note: signUp.isWalkIn
                    ? words("guests.walkIn") : signUp.movedUpAt == nil ? nil : words("guests.movedUp"),
                mayTick: isOpen && state != .came,
                mayUndo: activity.state == .running && state == .came && !signUp.isWalkIn,
                mayBeAbsent: activity.state == .running && state == .confirmed,
                mayCancel: [.published, .closed].contains(activity.state) && [.confirmed, .waiting].contains(state))
        }
        hasRows = !rows.isEmpty
        roles = ActivityRole.allCases.map {
            Choice(value: $0.rawValue, label: words($0), isSelected: typed.text("role") == $0.rawValue)
        }
        name = typed.text("name") ?? ""
        count = typed.text("count") ?? "1"
        phone = typed.text("phone") ?? ""
        mail = typed.text("mail") ?? ""
        let shy = guests.signUps.filter { [.confirmed, .came].contains($0.state) && !$0.guest.consents }
            .map(\.guest.name).filter { !$0.isEmpty }
        noConsent =
            shy.isEmpty
            ? nil : words("guests.noConsent", ["names": shy.joined(separator: words("activity.headsBetween"))])
    }
}

extension SignUp.State {
    var style: String {
        switch self {
        case .confirmed: "connecting"
        case .waiting, .absent: "waiting"
        case .cancelled: "disabled"
        case .came: "ok"
        }
    }
}

/// What somebody at the door sees who has scanned a code: who it is, and one button.
struct DoorPage: Page {
    struct Count: Sendable {
        let name: String
        let label: String
        let value: String
        let most: String
    }

    static let template = "activity-door"
    let name: String
    let title: String
    let time: String
    let list: String
    let state: String
    let style: String
    let fault: String?
    let action: String
    let counts: [Count]
    let mayLetIn: Bool
    let hasCome: Bool
    let mayUndo: Bool

    init(_ place: SignUpPlace, code: PublicCode, fault: String?, _ wording: Wording) {
        let (words, signUp, activity) = (wording.words, place.signUp, place.activity)
        name = signUp.guest.name.isEmpty ? words("activity.erased") : signUp.guest.name
        title = activity.plan.title
        time = wording.span(activity.plan.span)
        list = SiteURL.activity(.guests(.value(activity.id))).path
        state = place.position.map { words("guests.position", ["number": "\($0)"]) } ?? words(signUp.state)
        style = signUp.state.style
        self.fault = fault
        action = SiteURL.activity(.door(.value(code))).path
        hasCome = signUp.state == .came
        let shown = hasCome ? signUp.came : signUp.guest.heads
        counts = ActivityRole.allCases.filter { signUp.guest.heads[$0] > 0 }.map {
            Count(
                name: "came-\($0.rawValue)", label: words($0), value: "\(shown[$0])",
                most: "\(signUp.guest.heads[$0])")
        }
        mayLetIn =
            !hasCome && signUp.state != .cancelled
            && (activity.state == .running || [.published, .closed].contains(activity.state))
        mayUndo = hasCome && activity.state == .running && !signUp.isWalkIn
    }
}
