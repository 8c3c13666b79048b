import Domain
import Supervision

/// The fields of a person as somebody typed them.
struct PersonForm: Sendable {
    var account = ""
    var name = ""
    var role = Role.school.rawValue
    var township = ""
    var school = ""
    var canteen = ""

    init() {}

    init(_ person: Person) {
        account = person.account
        name = person.name
        role = person.role.rawValue
        township = person.township.map { "\($0)" } ?? ""
        school = person.school.map { "\($0)" } ?? ""
        canteen = person.canteen.map { "\($0)" } ?? ""
    }

    init(_ fields: FormFields) {
        account = fields.text("account") ?? ""
        name = fields.text("name") ?? ""
        role = fields.text("role") ?? ""
        township = fields.text("township") ?? ""
        school = fields.text("school") ?? ""
        canteen = fields.text("canteen") ?? ""
    }

    func parsedRole() throws(SupervisionError) -> Role {
        guard let role = Role(rawValue: role) else { throw .invalid(.role, .unknown) }
        return role
    }

    /// What an account of this role is bound to; the fields that it does not need are not looked at.
    func parsedGround() throws(SupervisionError) -> Ground {
        let role = try parsedRole()
        var ground = Ground()
        if role != .administrator, role.ground != .school, !township.isEmpty {
            guard let id = TownshipID(township) else { throw .invalid(.township, .unknown) }
            ground.township = id
        }
        if role != .administrator, role.ground != .township, !school.isEmpty {
            guard let id = SchoolID(school) else { throw .invalid(.school, .unknown) }
            ground.school = id
        }
        if ground.school != nil, !canteen.isEmpty {
            guard let id = CanteenID(canteen) else { throw .invalid(.canteen, .unknown) }
            ground.canteen = id
        }
        return ground
    }

    struct Ground: Sendable, Hashable {
        var township: TownshipID?
        var school: SchoolID?
        var canteen: CanteenID?
    }
}

struct PeoplePage: Page {
    struct Row: Sendable {
        let account: String
        let name: String
        let role: String
        /// Where the person's permissions hold.
        let place: String
        let isEnabled: Bool
        let mustChangePassword: Bool
        let isOneself: Bool
        let address: String
    }

    static let template = "people"
    let people: [Row]
    let countText: String
    let isSaved: Bool
}

struct PersonFormPage: Page {
    struct RoleChoice: Sendable {
        let value: String
        let label: String
        /// What somebody with this role may do.
        let explanation: String
        let isSelected: Bool
    }

    static let template = "person-form"
    let heading: String
    let action: String
    let isNew: Bool
    let isOneself: Bool
    let isEnabled: Bool
    let form: PersonForm
    let roles: [RoleChoice]
    let townships: [Choice]
    let schools: [Choice]
    /// Of schools that have more than one; empty = there is no such school.
    let canteens: [Choice]
    let hasCanteens: Bool
    let fault: String?
    let isSaved: Bool
    let enabledAddress: String?
    let passwordAddress: String?

    init(
        _ form: PersonForm, of person: Person?, isOneself: Bool, townships: [Township], trees: [SchoolTree],
        fault: String?, isSaved: Bool, words: Words
    ) {
        heading = person?.name ?? words("people.new")
        action = person.map { SiteURL.person(.value($0.id)).path } ?? SiteURL.newPerson.path
        isNew = person == nil
        self.isOneself = isOneself
        isEnabled = person?.isEnabled ?? true
        self.form = form
        roles = Role.allCases.map {
            RoleChoice(
                value: $0.rawValue, label: words("role.\($0.rawValue)"),
                explanation: words("role.\($0.rawValue).explanation"), isSelected: $0.rawValue == form.role)
        }
        self.townships = townships.map {
            Choice(value: "\($0.id)", label: $0.name, isSelected: "\($0.id)" == form.township)
        }
        canteens = trees.flatMap { tree in
            tree.canteens.map {
                Choice(
                    value: "\($0.id)", label: "\(tree.school.name) · \($0.name)",
                    isSelected: "\($0.id)" == form.canteen)
            }
        }
        hasCanteens = !canteens.isEmpty
        schools = trees.map {
            Choice(value: "\($0.school.id)", label: $0.school.name, isSelected: "\($0.school.id)" == form.school)
        }
        self.fault = fault
        self.isSaved = isSaved
        enabledAddress = person.map { SiteURL.personEnabled(.value($0.id)).path }
        passwordAddress = person.map { SiteURL.personPassword(.value($0.id)).path }
    }
}

struct InitialPasswordPage: Page {
    static let template = "initial-password"
    let heading: String
    let account: String
    let password: String
    let back: String
}
