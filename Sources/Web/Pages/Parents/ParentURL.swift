import Domain

/// Addresses of parents: their own, and those of the school that invites them.
enum ParentURL: Sendable {
    /// A parent's page; whoever isn't signed in is sent to ``signIn``.
    case board
    case signIn
    case signOut
    /// A new code.
    case code
    case leave
    case picture(Slot<CameraID>, Slot<String>)
    /// Behind a class's QR code.
    case join(Slot<PublicCode>)

    case classes(Slot<SchoolID>)
    case sheet(Slot<SchoolID>, Slot<ParentInvitationID>)
    case revokeClass(Slot<SchoolID>, Slot<ParentInvitationID>)
    case revokeParent(Slot<SchoolID>, Slot<ParentID>)

    var path: String {
        switch self {
        case .board: "/parents"
        case .signIn: "/parents/sign-in"
        case .signOut: "/parents/sign-out"
        case .code: "/parents/code"
        case .leave: "/parents/leave"
        case .picture(let camera, let file): "/parents/pictures/\(camera.text("camera"))/\(file.text("file"))"
        case .join(let code): "/join/\(code.text("code"))"
        case .classes(let school): "/publication/\(school.text("school"))/parents"
        case .sheet(let school, let id):
            "/publication/\(school.text("school"))/parents/\(id.text("invitation"))/sheet.pdf"
        case .revokeClass(let school, let id):
            "/publication/\(school.text("school"))/parents/\(id.text("invitation"))/revoke"
        case .revokeParent(let school, let id):
            "/publication/\(school.text("school"))/parents/members/\(id.text("parent"))/revoke"
        }
    }
}
