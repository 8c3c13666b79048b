import Domain
import Supervision

/// The fields of a person as somebody typed them.
struct PersonForm: Sendable {
    var account = ""
    var name = ""
    var role = Role.school.rawValue
    var school = ""

    init() {}

    init(_ person: Person) {
        account = person.account
        name = person.name
        role = person.role.rawValue
        school = person.school.map { "\($0)" } ?? ""
    }

    init(_ fields: FormFields) {
        account = fields.text("account") ?? ""
        name = fields.text("name") ?? ""
        role = fields.text("role") ?? ""
        school = fields.text("school") ?? ""
    }

    /// Those that an account can be kept with so far.
    static let roles: [Role] = [.administrator, .supervisor, .school]

    func parsedRole() throws(SupervisionError) -> Role {
        guard let role = Role(rawValue: role), Self.roles.contains(role) else { throw .invalid(.role, .unknown) }
        return role
    }

    /// Only a school's own people have one; for others the choice is not asked for.
    func parsedSchool() throws(SupervisionError) -> SchoolID? {
        guard role == Role.school.rawValue else { return nil }
        guard !school.isEmpty else { throw .invalid(.school, .empty) }
        guard let id = SchoolID(school) else { throw .invalid(.school, .unknown) }
        return id
    }
}

struct PeoplePage: Page {
    struct Row: Sendable {
        let account: String
        let name: String
        let role: String
        let school: String?
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
    let schools: [Choice]
    let fault: String?
    let isSaved: Bool
    let enabledAddress: String?
    let passwordAddress: String?

    init(
        _ form: PersonForm, of person: Person?, isOneself: Bool, trees: [SchoolTree], fault: String?, isSaved: Bool,
        words: Words
    ) {
        heading = person?.name ?? words("people.new")
        action = person.map { SiteURL.person(.value($0.id)).path } ?? SiteURL.newPerson.path
        isNew = person == nil
        self.isOneself = isOneself
        isEnabled = person?.isEnabled ?? true
        self.form = form
        roles = PersonForm.roles.map {
            RoleChoice(
                value: $0.rawValue, label: words("role.\($0.rawValue)"),
                explanation: words("role.\($0.rawValue).explanation"), isSelected: $0.rawValue == form.role)
        }
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
